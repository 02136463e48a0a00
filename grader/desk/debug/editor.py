# SPDX-License-Identifier: MIT
"""editor.py - for an editor that runs the program itself (launch.json of a release): gdb stops where the test first calls
one of the student's functions, and where the test fails. make gdb has stop.py, which types the commands.
"""

import pathlib
import subprocess

import gdb

begun = False  # the test's own function was reached: calls before it are set-up
stopped = False  # in one of the student's functions


class TestBegins(gdb.Breakpoint):
    def stop(self):
        global begun
        begun = True
        return False


class FirstCall(gdb.Breakpoint):
    def stop(self):
        global stopped
        first = begun and not stopped
        stopped = stopped or begun
        return first


def student_functions(program):
    """The names of the functions in the student's object, which make has put beside PROGRAM."""
    command = ["nm", "-P", "--defined-only", "-g", program.with_name("all.o")]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [line.split()[0] for line in lines if line.split()[1] == "T"]


def test_functions():
    """Where tests begin: each has a function NAME_fn; all traces share one."""
    found = gdb.execute("info functions -q -n _fn$", to_string=True) + "replay_chosen("
    return {word.split("(")[0].lstrip("*") for line in found.splitlines() for word in line.split() if "(" in word}


def prepare(program):
    for name in test_functions():
        TestBegins(name)
    for name in student_functions(program):
        FirstCall(name)
    gdb.Breakpoint("timeline_problem")


def on_program(event):
    """The program has been loaded; its libraries come later."""
    if pathlib.Path(event.new_objfile.filename).name == "direct":
        gdb.events.new_objfile.disconnect(on_program)
        prepare(pathlib.Path(event.new_objfile.filename))


if gdb.current_progspace().filename:
    prepare(pathlib.Path(gdb.current_progspace().filename))
else:
    gdb.events.new_objfile.connect(on_program)
