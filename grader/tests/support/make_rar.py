#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make_rar.py - makes a .rar archive, as Debian has no free program that does.

    make_rar.py 4|5 ARCHIVE FILE...

Stores the FILEs, under their names without folders, in RAR's format of version 4 or 5. Nothing is compressed: archives
with the method "store" are valid. Written after the published descriptions of both formats (technote.txt, which came with
RAR up to version 4, and rarlab.com/technote.htm for version 5), as of 2026-11-30.
"""
import pathlib
import struct
import sys
import zlib

MODE = 0o100644
UNIX_4, UNIX_5 = 3, 1
STORE = 0x30


def block4(kind, flags, body):
    """A header of version 4: half a CRC, the kind, flags, its own size, and what that kind has."""
    text = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(text) & 0xFFFF) + text


def file4(name, data):
    date = 46 << 25 | 11 << 21 | 30 << 16  # 2026-11-30 as MS-DOS counts
    fields = struct.pack("<IIBIIBBHI", len(data), len(data), UNIX_4, zlib.crc32(data), date, 20, STORE, len(name), MODE)
    return block4(0x74, 0x8000, fields + name) + data


def rar4(files):
    return b"Rar!\x1a\x07\x00" + block4(0x73, 0, bytes(6)) + b"".join(file4(*each) for each in files) + block4(0x7B, 0x4000, b"")


def number(value):
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def block5(*fields):
    """A header of version 5: a CRC, its own size, and FIELDS, which are numbers or bytes."""
    body = b"".join(field if isinstance(field, bytes) else number(field) for field in fields)
    text = number(len(body)) + body
    return struct.pack("<I", zlib.crc32(text)) + text


def file5(name, data):
    has_data, has_crc = 2, 4
    return block5(2, has_data, len(data), has_crc, len(data), MODE, struct.pack("<I", zlib.crc32(data)), 0, UNIX_5,
                  len(name), name) + data


def rar5(files):
    return b"Rar!\x1a\x07\x01\x00" + block5(1, 0, 0) + b"".join(file5(*each) for each in files) + block5(5, 0, 0)


def main():
    version, archive, *paths = sys.argv[1:]
    files = [(pathlib.Path(path).name.encode(), pathlib.Path(path).read_bytes()) for path in paths]
    pathlib.Path(archive).write_bytes({"4": rar4, "5": rar5}[version](files))


main()
