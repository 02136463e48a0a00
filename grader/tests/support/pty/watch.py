# SPDX-License-Identifier: MIT
"""heaplab watch in a pseudo-terminal (journeys/watch.sh).

    watch.py HEAPLAB LAB_FOLDER RIGHT WRONG

LAB_FOLDER holds header_alloc.c; RIGHT and WRONG are two versions of it.
"""
import os
import shutil
import signal
import sys

from terminal import Terminal, check

heaplab, folder, right, wrong = sys.argv[1:]
source = os.path.join(folder, "header_alloc.c")
command = [heaplab, "watch", "--lab", "05", "--from", folder]
watching = "(watching your files)"


def save_by_renaming(version):
    shutil.copy(version, source + ".new")
    os.rename(source + ".new", source)


def look_at_a_session():
    with Terminal(command, columns=80, rows=40) as terminal:
        check("watch: shows the first failing test", terminal.wait_for("Look at this first"), terminal.printed)
        check("watch: and then waits", terminal.wait_for(watching), terminal.printed)
        check("watch: has a screen of its own", "\033[?1049h" in terminal.printed, terminal.printed)
        terminal.type("h")
        check("watch: h shows a hint", terminal.wait_for("hint  "), terminal.printed)
        terminal.type("n")
        check("watch: n shows the next failing test", terminal.wait_for("Look at this first"), terminal.printed)
        terminal.wait_for(watching)
        save_by_renaming(right)
        check("watch: a save by renaming is seen, and tests gained are told", terminal.wait_for("Gained: "),
              terminal.printed)
        terminal.wait_for(watching)
        os.remove(source)
        check("watch: a file removed is told", terminal.wait_for("header_alloc.c is missing"), terminal.printed)
        terminal.wait_for(watching)
        shutil.copy(wrong, source)
        check("watch: a file put back is graded again", terminal.wait_for("Look at this first"), terminal.printed)
        terminal.wait_for(watching)
        terminal.resize(200, 50)
        check("watch: another size is drawn anew", terminal.wait_for("\033[50H"), terminal.printed)
        terminal.type("q")
        check("watch: q ends it", terminal.wait_for_end() == 0, terminal.process.returncode)
        check("watch: the terminal is as it was", terminal.is_restored(), terminal.printed)
        check("watch: no other line gets in between", "own tests on right" not in terminal.printed, terminal.printed)
        check("watch: nothing was cleared on the way, so nothing flickers", "\033[2J" not in terminal.printed)


def look_at_signal(number):
    with Terminal(command) as terminal:
        terminal.wait_for("\033[?1049h")
        terminal.process.send_signal(number)
        terminal.wait_for_end()
        check(f"watch: the terminal is as it was after {signal.Signals(number).name}", terminal.is_restored(),
              terminal.printed)


look_at_a_session()
for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    look_at_signal(one)
