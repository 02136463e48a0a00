#!/bin/sh
# SPDX-License-Identifier: MIT
# setup.sh - installs the Debian packages that packages.txt names and this machine lacks.
#
#     setup.sh [LIST]...      default: packages.txt beside this script
#
# As root it asks apt; otherwise it prints the one command to type. Exit status: 0 all there, 1 not.
set -eu

here=$(dirname "$0")
[ $# -gt 0 ] || set -- "$here/packages.txt"

missing=
# shellcheck disable=SC2013 # words are wanted
for package in $(cat "$@" | sed 's/#.*//'); do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

command="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" -ne 0 ]; then
    echo "heaplab needs some Debian packages. Please type this once, then try again:"
    echo
    echo "    sudo $command"
    echo
    exit 1
fi

echo "heaplab: installing Debian packages:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if $command >"$log" 2>&1 || { apt-get update >"$log" 2>&1 && $command >>"$log" 2>&1; }; then
    exit 0
fi
tail -n 20 "$log"
echo "heaplab: apt could not install the packages (see above). Is there a network?"
exit 1
