# SPDX-License-Identifier: MIT
"""A program in a pseudo-terminal, for tests of what only a terminal shows.

    with Terminal(["build/heaplab", "watch"], columns=80, rows=40) as terminal:
        terminal.wait_for("Look at this first")
        terminal.type("q")
        terminal.wait_for_end()
"""
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time

PATIENCE_SECONDS = 60


class Terminal:
    def __init__(self, command, columns=80, rows=24, **environment):
        self.printed = ""
        self.seen = 0  # everything before this has been waited for
        self.end, there = pty.openpty()
        fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(there)
        self.there = there  # kept open: its settings are looked at after the program has ended
        self.process = subprocess.Popen(command, stdin=there, stdout=there, stderr=there, start_new_session=True,
                                        env={**os.environ, "TERM": "xterm", **environment})

    def read(self, seconds):
        ready, _, _ = select.select([self.end], [], [], seconds)
        if ready:
            self.printed += os.read(self.end, 65536).decode("utf-8", "replace")
        return bool(ready)

    def wait_for(self, text):
        """True if TEXT is printed behind what was waited for before."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            found = self.printed.find(text, self.seen)
            if found >= 0:
                self.seen = found + len(text)
                return True
            self.read(0.2)
        return False

    def type(self, keys):
        os.write(self.end, keys.encode())

    def resize(self, columns, rows):
        fcntl.ioctl(self.there, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process.send_signal(28)  # SIGWINCH

    def wait_for_end(self):
        until = time.monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None and time.monotonic() < until:
            self.read(0.1)
        while self.read(0.1):
            pass
        return self.process.returncode

    def is_restored(self):
        """The settings are as they were, the first screen and the cursor are back."""
        same = termios.tcgetattr(self.there)[3] == self.before[3]
        return same and self.printed.rfind("\033[?1049l") > self.printed.rfind("\033[?1049h") and \
            self.printed.rfind("\033[?25h") > self.printed.rfind("\033[?25l")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.end)
        os.close(self.there)


def check(name, good, found=""):
    """One line of the kind that grader/tests/run counts."""
    print(f"ok - {name}" if good else f"not ok - {name}\n#   found: {str(found)[-2000:]!r}", flush=True)
