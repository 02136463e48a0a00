#!/bin/sh
# SPDX-License-Identifier: MIT
# setup.sh - installs the Debian packages in packages.txt that this machine lacks.
#
#     setup.sh [--optional] [LIST]...      default: packages.txt beside this script
#
# A list has one package on each line, with the reason after a #. "a|b" is a package whose name depends on the release:
# either will do. As root it runs apt; otherwise it prints the one command to type. Exit status: 0 if all are installed,
# otherwise 1. With --optional it says in one line what is missing, and that is no failure.
set -eu

here=$(dirname "$0")
optional=
if [ "${1-}" = --optional ]; then
    optional=yes
    shift
fi
[ $# -gt 0 ] || set -- "$here/packages.txt"

# is_installed PACKAGE
is_installed() {
    dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

# can_install PACKAGE: this release has it.
can_install() {
    [ -n "$(apt-cache show --no-all-versions "$1" 2>/dev/null)" ]
}

# lacking ENTRY: prints the package to install for it; nothing if one is installed. Asking apt takes a while on a slow
# machine: it is asked only which of several names this release has.
lacking() {
    first=
    wanted=
    for package in $(echo "$1" | tr '|' ' '); do
        ! is_installed "$package" || return 0
        first=${first:-$package}
        [ -n "$wanted" ] || [ "$package" = "$1" ] || ! can_install "$package" || wanted=$package
    done
    echo "${wanted:-$first}"
}

# find_missing LIST...: sets $missing and the command that installs it.
find_missing() {
    missing=
    # shellcheck disable=SC2013 # words are wanted
    for entry in $(cat "$@" | sed 's/#.*//'); do
        package=$(lacking "$entry")
        missing="$missing${package:+ $package}"
    done
    command="apt-get install -y --no-install-recommends$missing"
}

# install_again LIST...: with new lists of packages, which also tell anew which of two names this release has.
install_again() {
    apt-get update >"$log" 2>&1 && find_missing "$@" && $command >>"$log" 2>&1
}

find_missing "$@"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
    if [ -n "$optional" ]; then
        echo "heaplab: goes on without$missing (to have them: sudo $command)"
        exit 0
    fi
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
if $command >"$log" 2>&1 || install_again "$@"; then
    exit 0
fi
if [ -n "$optional" ]; then
    echo "heaplab: apt could not install them; it goes on without"
    exit 0
fi
tail -n 20 "$log"
echo "heaplab: apt could not install the packages (see above). Is there a network?"
exit 1
