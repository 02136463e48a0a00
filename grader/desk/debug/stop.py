# SPDX-License-Identifier: MIT
"""stop.py - starts a test in gdb and stops at the first of the student's functions that it calls.

make gdb sets $test to the test's name and $functions to the names of the student's functions. Calls made by the test's
set-up are skipped. If the test fails, gdb stops once more, so that the student can look at the heap.
"""

import gdb

from blocks import has_known_layout

HELP = """Stopped at the first of your functions that this test calls. Useful now:
  next, step, finish, continue   go on: over a line, into a call, out of the
                                 function, to the failure
  print EXPRESSION, backtrace    show a value; show the callers
"""
TRACE_HELP = """  operation N                    go on to operation N of the trace
"""
WHO_HELP = """  who PLACE                      which line wrote this word last: who heap+144,
                                 who block->size
"""
HEAP_HELP = """  heap, blocks                   your heap as a drawing, as a list
"""


class QuietStop(gdb.Breakpoint):
    """A breakpoint that gdb does not announce."""

    def __init__(self, function):
        super().__init__(function, internal=True)
        self.silent = True


class Failure(QuietStop):
    """The point where the reason is known and the heap is still as it was."""

    def stop(self):
        message = gdb.parse_and_eval("record->message").string(errors="replace")
        gdb.write(f"\nThe test fails here: {message}\n(backtrace shows the calls that led here, heap the heap as it is now)\n")
        return True


def wanted(name):
    return gdb.convenience_variable(name).string()


def is_running():
    return gdb.selected_inferior().pid != 0


def run_past(stops, command):
    """Runs COMMAND until one of the STOPS (or anything else) is hit, deletes the STOPS, returns what gdb printed."""
    said = gdb.execute(command, to_string=True)
    for stop in stops:
        stop.delete()
    return said


def test_function():
    """Where the test begins. All traces share one function."""
    own = wanted("test") + "_fn"
    return own if gdb.lookup_global_symbol(own) or gdb.lookup_static_symbol(own) else "replay_chosen"


def run_to_test():
    """Runs to the test's own function. True if it gets there."""
    test = test_function()
    said = run_past([QuietStop(test)], "run")
    if is_running() and gdb.selected_frame().name() == test:
        return True
    gdb.write(said)
    return False


def run_to_student(explain):
    functions = wanted("functions").split()
    said = run_past([QuietStop(name) for name in functions], "continue")
    if not is_running():
        gdb.write("The test ended without calling any of your functions.\n")
    elif gdb.selected_frame().name() in functions:
        gdb.execute("frame")
        if explain:
            gdb.write(HELP + WHO_HELP + (TRACE_HELP if test_function() == "replay_chosen" else "") +
                      (HEAP_HELP if has_known_layout() else ""))
    else:
        gdb.write(said)


class Operation(gdb.Command):
    """operation N: goes on to the call that operation N of a trace makes."""

    def __init__(self):
        super().__init__("operation", gdb.COMMAND_RUNNING)

    def invoke(self, argument, _):
        if not is_running() or not argument.isdecimal():
            raise gdb.GdbError("Usage: operation N, while a test replays a trace.")
        there = QuietStop("before_call")
        there.condition = f"'replay.c'::now + 1 == {argument}"
        said = run_past([there], "continue")
        if is_running() and gdb.selected_frame().name() == "before_call":
            run_to_student(explain=False)
        else:
            gdb.write(said)


def start():
    Operation()
    Failure("timeline_problem")
    if run_to_test():
        run_to_student(explain=True)


start()
