# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154 # pack sets the variables
# pack.sh - sourced by pack: the zip that Gradescope takes as an autograder.
"$root/grader/staff/setup/setup.sh" "$root/grader/staff/setup/packages-pack.txt"
cp "$here/gradescope/setup.sh" "$here/gradescope/run_autograder" "$scratch/gradescope/"
chmod 755 "$scratch/gradescope/setup.sh" "$scratch/gradescope/run_autograder"
(cd "$scratch/gradescope" && zip -q -r -X "$scratch/packed.zip" setup.sh run_autograder kit)
mkdir -p "$(dirname "$out")"
mv "$scratch/packed.zip" "$out"
