#!/bin/sh
# SPDX-License-Identifier: MIT
# setup.sh - Gradescope runs this once, when it builds the image: packages, and the kit.
set -eu
cd "${AUTOGRADER:-/autograder}/source/kit"
make setup
make kit
