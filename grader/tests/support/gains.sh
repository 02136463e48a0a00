# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154 # lib.sh and the sourcing script set the others
# gains.sh - how the attacks in attacks/gains are put together, for the scripts that try them (attacks/gains.sh says how
# an attack is written). They set $here to that folder.

# find_attack NAME: sets attack and says.
find_attack() {
    attack=$here/$1
    says=$attack/says
    [ -d "$attack" ] || says=$attack.c
    [ ! -e "$attack.patch" ] || says=$attack.patch
}

# said KEY: the rest of the attack's lines that start with KEY.
said() {
    sed -n "s|^\\(// \\)\\{0,1\\}$1: *||p" "$says"
}

# one_source BASE: the base, then the attack.
one_source() {
    for function in $(said replaces); do
        echo "#define $function honest_$function"
    done
    case $1 in
    fast) sed 's/i < 1500/i < 0/' "$here/base-slow.c" ;;
    *) cat "$here/base-$1.c" ;;
    esac
    for function in $(said replaces); do
        echo "#undef $function"
    done
    cat "$says"
}

# hand_in: fills $SCRATCH/work.
hand_in() {
    rm -rf "$SCRATCH/work"
    mkdir -p "$SCRATCH/work"
    if [ -d "$attack" ]; then
        cp "$attack"/* "$SCRATCH/work"
        return
    fi
    folder=$(basename "$ROOT/grader/labs/$(said lab)"-*)
    if [ "$says" = "$attack.patch" ]; then
        cp "$ROOT/build/reference/$folder"/* "$SCRATCH/work"
        patch -s -d "$SCRATCH/work" <"$says"
        return
    fi
    source=$(sed -n 's/^files = \([^ ]*\.c\).*/\1/p' "$ROOT/grader/labs/$folder/rubric.ini")
    one_source "$(said base)" >"$SCRATCH/work/$source"
}

# orders FILE: succeeds if FILE has characters that control a terminal or the direction of text.
orders() {
    tr -d '\t\n' <"$1" | LC_ALL=C.UTF-8 grep -a -q -P '[\x00-\x1f\x7f-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]'
}
