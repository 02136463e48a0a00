// SPDX-License-Identifier: MIT
/*
 * static_bytes.c - how much memory a subject's static variables take (heaplab/system.h), as its program headers say:
 * the kit's part and the C library's are among them.
 */
#include "judge/judge.h"
#include "judge/link.h"

#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* The bytes of a segment that is loaded and written to; 0 for others. */
static size_t written_bytes(const Elf64_Phdr *segment)
{
    return segment->p_type == PT_LOAD && (segment->p_flags & PF_W) ? segment->p_memsz : 0;
}

size_t static_bytes_of(const char *program)
{
    Elf64_Ehdr header;
    size_t sum = 0;
    int file = open(program, O_RDONLY | O_CLOEXEC);
    if (file < 0 || pread(file, &header, sizeof header, 0) != (ssize_t)sizeof header)
        fault("cannot read %s", program);
    for (unsigned i = 0; i < header.e_phnum; i++) {
        Elf64_Phdr segment;
        off_t place = (off_t)(header.e_phoff + i * sizeof segment);
        if (pread(file, &segment, sizeof segment, place) != (ssize_t)sizeof segment)
            fault("cannot read %s", program);
        sum += written_bytes(&segment);
    }
    close(file);
    return sum;
}
