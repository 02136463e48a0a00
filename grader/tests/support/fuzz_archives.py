#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fuzz_archives.py - malformed archives and files, the same ones for the same seed.

    fuzz_archives.py SEED COUNT FOLDER

Archives of several formats have bytes changed, cut out, put in and doubled. None of them holds a file of a lab's, so
that nothing of them can be graded; every fourth is no archive at all, but a file or a folder that is odd in some way.
"""
import io
import os
import pathlib
import random
import subprocess
import sys
import tarfile
import zipfile

rng = random.Random(int(sys.argv[1]))
count, folder = int(sys.argv[2]), pathlib.Path(sys.argv[3])
TEXT = b"int other(void) { return 1; }\n" * 40


def zip_of(method):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name in ("a/other.txt", "b.txt", "c/d/e.txt"):
            archive.writestr(name, TEXT)
    return buffer.getvalue()


def tar_of(mode, form):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=form) as archive:
        for name in ("a/other.txt", "b" * 120 + ".txt"):
            info = tarfile.TarInfo(name)
            info.size = len(TEXT)
            archive.addfile(info, io.BytesIO(TEXT))
        info = tarfile.TarInfo("link")
        info.type, info.linkname = tarfile.SYMTYPE, "a"
        archive.addfile(info)
    return buffer.getvalue()


SEEDS = [(".zip", zip_of(zipfile.ZIP_STORED)), (".zip", zip_of(zipfile.ZIP_DEFLATED)), (".zip", zip_of(zipfile.ZIP_LZMA)),
         (".zip", zip_of(zipfile.ZIP_BZIP2)), (".tar", tar_of("w", tarfile.GNU_FORMAT)), (".tar", tar_of("w", tarfile.PAX_FORMAT)),
         (".tar.gz", tar_of("w:gz", tarfile.PAX_FORMAT)), (".tar.xz", tar_of("w:xz", tarfile.GNU_FORMAT)),
         (".tar.bz2", tar_of("w:bz2", tarfile.GNU_FORMAT))]
for ending, program in ((".7z", "7zip"), (".tar.zst", "gnutar")):
    packed = subprocess.run(["bsdtar", "-cf", "-", "--format", program, *(["--zstd"] if ending == ".tar.zst" else []),
                             "-C", "/etc", "hostname"], capture_output=True, check=False)
    if packed.returncode == 0:
        SEEDS.append((ending, packed.stdout))
SEEDS += [(".rar", b"Rar!\x1a\x07\x00" + TEXT), (".rar", b"Rar!\x1a\x07\x01\x00" + TEXT)]


def mutate(data):
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 30))):
        at = rng.randrange(len(data)) if data else 0
        kind = rng.randrange(5)
        if kind == 0 and data:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            data[at:at + rng.choice((1, 4, 64))] = rng.choice((b"\xff", b"\0", b"\x7f")) * rng.choice((1, 2, 4, 8))
        elif kind == 2:
            del data[at:at + rng.choice((1, 16, 400))]
        elif kind == 3:
            data[at:at] = data[at:at + rng.choice((8, 100, 512))]
        else:
            del data[at:]
    return bytes(data)


def odd(path):
    kind = rng.randrange(7)
    if kind == 0:
        path.write_bytes(rng.randbytes(rng.randrange(5000)))
    elif kind == 1:
        path.write_bytes(b"")
    elif kind == 2:
        path.symlink_to(rng.choice(("/etc/passwd", "/", "nowhere", path.name)))
    elif kind == 3:
        os.mkfifo(path)
    elif kind == 4:
        (path / "a" / "b").mkdir(parents=True)
        (path / "a" / rng.choice(("x.zip", "x.tar.gz"))).write_bytes(mutate(rng.choice(SEEDS)[1]))
    elif kind == 5:
        path.write_bytes(("é" * 50 + "\0").encode("utf-16"))
    else:
        path.mkdir()


folder.mkdir(parents=True)
for n in range(count):
    if n % 4 == 3:
        odd(folder / f"{n:04d}-\033[31m\"'$(x)=;\n{n}")
    else:
        ending, data = rng.choice(SEEDS)
        (folder / f"{n:04d}{ending}").write_bytes(mutate(data))
