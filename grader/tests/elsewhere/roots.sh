# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154 # the scripts that source it set AWAY
# roots.sh - other systems' roots: $AWAY is one, made by debootstrap and kept, in which $KIT is a fresh clone of HEAD.

KIT=/srv/heaplab
MIRROR=${MIRROR:-http://deb.debian.org/debian}
SCRIPTS=/usr/share/debootstrap/scripts

# skip WHY: says so and ends the script; no failure.
skip() {
    echo "# $(basename "$0"): $1, so it is skipped"
    exit 0
}

# make_root RELEASE [OPTION]...: the bare root, whole or not at all.
make_root() {
    release=$1
    shift
    [ ! -d "$AWAY" ] || return 0
    rm -rf "$AWAY.new"
    mkdir -p "$AWAY.new"
    # Ubuntu's packages are in two parts, and a debootstrap older than the release takes the script of any other
    case $MIRROR in
    *ubuntu*) set -- "$@" --components=main,universe "$release" "$AWAY.new" "$MIRROR" "$SCRIPTS/gutsy" ;;
    *) set -- "$@" "$release" "$AWAY.new" "$MIRROR" ;;
    esac
    debootstrap --variant=minbase --include="${BASICS:-make,git,ca-certificates}" "$@" || return 1
    # debootstrap links proc to itself in some containers
    [ ! -L "$AWAY.new/proc" ] || { rm "$AWAY.new/proc" && mkdir "$AWAY.new/proc"; }
    mv "$AWAY.new" "$AWAY"
}

# need_root RELEASE: there is a root, or what makes one.
need_root() {
    [ "$(id -u)" -eq 0 ] || skip "only root can enter another system's root"
    unshare -m --propagation private mount -t tmpfs tmpfs /mnt 2>/dev/null || skip "nothing can be mounted here"
    git -C "$ROOT" rev-parse -q --verify HEAD >/dev/null || skip "there is no commit to clone"
    [ ! -d "$AWAY" ] || return 0
    command -v debootstrap >/dev/null || skip "debootstrap is not installed"
    wget -q -O /dev/null "$MIRROR/dists/$1/Release" || skip "there is no root yet, and $MIRROR cannot be reached"
}

# clone: HEAD, as a newcomer has it.
clone() {
    rm -rf "${AWAY:?}$KIT" && git clone -q "$ROOT" "$AWAY$KIT"
}

# away COMMAND: a shell's COMMAND in the root. pivot_root, as no namespaces can be made in a chroot.
away() {
    cp /etc/resolv.conf "$AWAY/etc/resolv.conf"
    # shellcheck disable=SC2016 # the dollars are the inner shell's
    unshare -m --propagation private sh -c '
        mount --bind "$1" "$1" && cd "$1" && mkdir -p before &&
            mount --rbind /dev dev && mount -t tmpfs tmpfs tmp && mount -t proc proc proc &&
            pivot_root . before && umount -l /before && rmdir /before && cd / &&
            exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 NO_COLOR=1 sh -c "$2"
    ' sh "$AWAY" "$1"
}

# all_passed LOG: some checks were made, and all passed.
all_passed() {
    grep -q '^ok ' "$1" && ! grep -q '^not ok ' "$1"
}
