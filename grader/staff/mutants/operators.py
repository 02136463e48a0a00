# SPDX-License-Identifier: MIT
"""operators.py - finds, with libclang, where a C file can be changed by a small mistake.

Interface: changes(path, options) lists every such change.

Rules:
  - A change edits the source text, so that the report shows exactly what was compiled.
  - Code that comes from a macro is left alone: its text is elsewhere.
  - Each mutant has exactly one mistake.
"""
import glob
from dataclasses import dataclass

from clang.cindex import Config, CursorKind, Index, TypeKind

# Debian names the library after its release, and the bindings look for another name. Any release does.
Config.set_library_file(sorted(glob.glob("/usr/lib/llvm-*/lib/libclang*.so.1"))[-1])

OTHER_OPERATORS = {
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="],
    "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"],
    "&": ["|"], "|": ["&"], "^": ["&"], "<<": [">>"], ">>": ["<<"],
    "&&": ["||"], "||": ["&&"],
    "+=": ["-="], "-=": ["+="], "*=": ["/="], "/=": ["*="], "&=": ["|="], "|=": ["&="],
    "++": ["--"], "--": ["++"],
}  # fmt: skip

LOOPS_AND_CHOICES = (CursorKind.IF_STMT, CursorKind.WHILE_STMT, CursorKind.CONDITIONAL_OPERATOR)
BODIES = (CursorKind.IF_STMT, CursorKind.WHILE_STMT, CursorKind.DO_STMT, CursorKind.FOR_STMT, CursorKind.CASE_STMT,
          CursorKind.DEFAULT_STMT, CursorKind.LABEL_STMT)  # fmt: skip
EXPRESSIONS = (CursorKind.BINARY_OPERATOR, CursorKind.COMPOUND_ASSIGNMENT_OPERATOR, CursorKind.UNARY_OPERATOR,
               CursorKind.CALL_EXPR)  # fmt: skip
JUMPS = (CursorKind.BREAK_STMT, CursorKind.CONTINUE_STMT)
WHOLE_NUMBERS = (TypeKind.INT, TypeKind.UINT, TypeKind.LONG, TypeKind.ULONG, TypeKind.SHORT, TypeKind.USHORT,
                 TypeKind.CHAR_S, TypeKind.UCHAR, TypeKind.ENUM)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """Bytes START to END of the file become TEXT. KIND describes the change to a person."""

    start: int
    end: int
    text: str
    kind: str
    function: str

    def applied(self, source):
        return source[: self.start] + self.text.encode() + source[self.end :]


class Finder:
    """Walks one file and collects its changes."""

    def __init__(self, path, options):
        self.path = path
        with open(path, "rb") as file:
            self.source = file.read()
        unit = Index.create().parse(path, args=options)
        errors = [d for d in unit.diagnostics if d.severity >= d.Error]
        if errors:
            raise SystemExit(f"mutants: libclang cannot read {path}: {errors[0]}")
        self.unit = unit
        self.found = []
        self.function = "the file"
        self.body = None  # of that function
        self.tokens = {t.extent.start.offset: t for t in unit.get_tokens(extent=unit.cursor.extent)}

    def text(self, node):
        return self.source[node.extent.start.offset : node.extent.end.offset].decode()

    def is_written_here(self, node):
        """Whether the node's text is in this file. For macros, libclang gives the place of use, cut short."""
        start = node.extent.start
        token = self.tokens.get(start.offset)
        return start.file is not None and start.file.name == self.path and token is not None

    def add(self, start, end, text, kind):
        if self.source[start:end].decode() != text:
            self.found.append(Change(start, end, text, kind, self.function))

    def replace(self, node, text, kind):
        self.add(node.extent.start.offset, node.extent.end.offset, text, kind)

    def operator_between(self, left, right):
        """The token between two operands; None if it comes from a macro."""
        for offset in range(left.extent.end.offset, right.extent.start.offset):
            token = self.tokens.get(offset)
            if token is not None and token.spelling != ")":
                return token
        return None

    def other_operator(self, token):
        for other in OTHER_OPERATORS.get(token.spelling, []):
            self.add(token.extent.start.offset, token.extent.end.offset, other, f"{token.spelling} for {other}")

    # --- one method for each kind of node ---

    def binary(self, node):
        left, right = list(node.get_children())
        token = self.operator_between(left, right)
        if token is None:
            return
        self.other_operator(token)
        if token.spelling in ("&&", "||"):
            self.replace(node, self.text(left), "right side left out")
            self.replace(node, self.text(right), "left side left out")

    def unary(self, node):
        (operand,) = node.get_children()
        first = self.tokens[node.extent.start.offset]
        last = self.tokens.get(operand.extent.end.offset)
        if first.spelling in ("++", "--"):
            self.other_operator(first)
        elif last is not None and last.spelling in ("++", "--"):
            self.other_operator(last)
        elif first.spelling in ("!", "-", "~"):
            self.replace(node, self.text(operand), f"{first.spelling} left out")

    def number(self, node):
        text = self.text(node)
        digits = text.rstrip("uUlL")
        try:
            value = int(digits, 0)
        except ValueError:
            return  # an octal number or one in another notation
        suffix = text[len(digits) :]
        for other in (value + 1, value - 1):
            self.replace(node, f"{other}{suffix}" if other >= 0 else f"({other}{suffix})", f"{other} for {text}")

    def size_of(self, node):
        text = self.text(node)
        if text.startswith("sizeof *"):
            self.replace(node, "sizeof " + text[len("sizeof *") :], "size of the pointer")

    def condition(self, node):
        children = list(node.get_children())
        if children and self.is_written_here(children[0]):
            self.replace(children[0], f"!({self.text(children[0])})", "condition negated")

    def returned(self, node):
        children = list(node.get_children())
        if not children:
            return
        (value,) = children
        kind = value.type.get_canonical().kind
        if kind == TypeKind.POINTER and "NULL" not in self.text(value):
            self.replace(value, "NULL", "NULL returned")
        elif kind == TypeKind.BOOL or value.kind == CursorKind.CXX_BOOL_LITERAL_EXPR:
            self.replace(value, f"!({self.text(value)})", "the opposite returned")
        elif kind in WHOLE_NUMBERS:
            self.replace(value, f"({self.text(value)}) + 1", "1 more returned")

    def statement(self, node, is_end):
        """IS_END: this is the last statement of a function, so a return must stay."""
        if node.kind in EXPRESSIONS or node.kind in JUMPS:
            self.replace(node, "", "statement left out")
        elif node.kind == CursorKind.RETURN_STMT and not is_end:
            self.replace(node, "", "return left out")

    # --- the walk ---

    def statements_in(self, node):
        children = list(node.get_children())
        if node.kind == CursorKind.COMPOUND_STMT:
            bodies = children
        elif node.kind in BODIES:
            bodies = children[1:] if node.kind != CursorKind.FOR_STMT else children[-1:]
        else:
            bodies = []
        for body in bodies:
            if self.is_written_here(body):
                self.statement(body, node == self.body and body == bodies[-1])

    def look_at(self, node):
        if node.kind in (CursorKind.BINARY_OPERATOR, CursorKind.COMPOUND_ASSIGNMENT_OPERATOR):
            self.binary(node)
        elif node.kind == CursorKind.UNARY_OPERATOR:
            self.unary(node)
        elif node.kind == CursorKind.INTEGER_LITERAL:
            self.number(node)
        elif node.kind == CursorKind.CXX_UNARY_EXPR:
            self.size_of(node)
        elif node.kind in LOOPS_AND_CHOICES:
            self.condition(node)
        elif node.kind == CursorKind.RETURN_STMT:
            self.returned(node)
        self.statements_in(node)

    def walk(self, node):
        if node.kind == CursorKind.FUNCTION_DECL:
            self.function = node.spelling
            self.body = next((child for child in node.get_children() if child.kind == CursorKind.COMPOUND_STMT), None)
        if node.kind != CursorKind.TRANSLATION_UNIT and self.is_written_here(node):
            self.look_at(node)
        for child in node.get_children():
            place = child.extent.start.file
            if place is not None and place.name == self.path:
                self.walk(child)
        if node.kind == CursorKind.FUNCTION_DECL:
            self.function = "the file"


def changes(path, options):
    """Every change that can be made to the C file PATH, compiled with OPTIONS, in the order of the text."""
    finder = Finder(path, options)
    finder.walk(finder.unit.cursor)
    return sorted(set(finder.found), key=lambda change: (change.start, change.end, change.text))
