# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154 # pack sets the variables
# pack.sh - sourced by pack: a tar of the two files that an Autolab assessment needs.
folder=$scratch/lab$number
mkdir "$folder"
cp "$here/autolab/autograde-Makefile" "$folder/"
tar -C "$scratch/autolab" -cf "$folder/autograde.tar" kit
mkdir -p "$(dirname "$out")"
tar -C "$scratch" -cf "$scratch/packed.tar" "lab$number"
mv "$scratch/packed.tar" "$out"
