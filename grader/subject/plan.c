// SPDX-License-Identifier: MIT
/*
 * plan.c - finds all memory that a subject can write to and nobody counts, and keeps a copy of it (plan.h).
 *
 * Where variables lie: the linker takes objects in the order of its command line (grade/link.sh). First comes all of
 * the kit and the C library, then the lab's table with the two marks below, then the student's object. Sections with
 * other names are the student's, except for the C library's own.
 */
#include "subject/plan.h"
#include "subject/subject.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#define WEAK extern unsigned char __attribute__((weak))
WEAK __bss_start[], _end[]; /* the linker's; and of sections that the C library has: */
WEAK __start___libc_subfreeres[], __stop___libc_subfreeres[], __start___libc_atexit[], __stop___libc_atexit[];
WEAK __start___libc_IO_vtables[], __stop___libc_IO_vtables[], __start___libc_freeres_ptrs[],
    __stop___libc_freeres_ptrs[];

/* Room for `struct rooms`, and the plan's page after it. It is not aligned to pages by the linker: what it would leave
 * free before them would hold a student's variables for nothing. */
static unsigned char pages[sizeof(struct rooms) + 2 * PAGE_BYTES];

static struct plan *draft;
static size_t parts;
static size_t zero_ranges;

static uintptr_t up(uintptr_t address)
{
    return (address + PAGE_BYTES - 1) & ~(uintptr_t)(PAGE_BYTES - 1);
}

struct rooms *rooms(void)
{
    return (struct rooms *)up((uintptr_t)pages);
}

const struct plan *the_plan(void)
{
    return (const struct plan *)(up((uintptr_t)pages) + sizeof(struct rooms));
}

static void need(bool ok)
{
    if (!ok)
        _exit(EXIT_FAILURE);
}

/* --- the copy --- */

static void add_part(struct range range)
{
    if (range.from >= range.to)
        return;
    size_t n = range.to - range.from;
    need(parts < MOST_PARTS && pwrite(COPY_FD, (const void *)range.from, n, (off_t)draft->bytes) == (ssize_t)n);
    draft->part[parts++] = (struct iovec){.iov_base = (void *)range.from, .iov_len = n};
    draft->bytes += (uint32_t)n;
}

static bool is_zero(uintptr_t page)
{
    const unsigned char *bytes = (const unsigned char *)page;
    return bytes[0] == 0 && memcmp(bytes, bytes + 1, PAGE_BYTES - 1) == 0;
}

/* The longest run of whole pages in RANGE that are all zero; an empty one at its end if there is none. */
static struct range zeros_in(struct range range)
{
    struct range best = {range.to, range.to};
    struct range run = {up(range.from), up(range.from)};
    for (uintptr_t page = run.from; page + PAGE_BYTES <= range.to; page += PAGE_BYTES) {
        if (!is_zero(page))
            run.from = page + PAGE_BYTES;
        run.to = page + PAGE_BYTES;
        if (run.to - run.from > best.to - best.from)
            best = run;
    }
    return best;
}

/* Of memory that no file backs: zeros need no copy. */
static void add_with_zeros(struct range range)
{
    if (range.from >= range.to)
        return;
    struct range zeros = zero_ranges < ZERO_RANGES ? zeros_in(range) : (struct range){range.to, range.to};
    if (zeros.from < zeros.to)
        draft->zeros[zero_ranges++] = zeros;
    add_part((struct range){range.from, zeros.from});
    add_part((struct range){zeros.to, range.to});
}

/* --- the program --- */

static const ElfW(Phdr) * segment(ElfW(Word) kind)
{
    const ElfW(Phdr) *table = (const ElfW(Phdr) *)getauxval(AT_PHDR);
    for (size_t i = 0; i < getauxval(AT_PHNUM); i++)
        if (table[i].p_type == kind)
            return &table[i];
    return NULL;
}

/* Where variables start that can still be written to. */
static uintptr_t data_start(void)
{
    const ElfW(Phdr) *settled = segment(PT_GNU_RELRO);
    need(settled != NULL);
    return (settled->p_vaddr + settled->p_memsz) & ~(uintptr_t)(PAGE_BYTES - 1);
}

static void add_section(const unsigned char *start, const unsigned char *stop)
{
    struct range range = {(uintptr_t)start, (uintptr_t)stop};
    if (range.from >= data_start())
        add_part(range);
}

static void add_variables(void)
{
    uintptr_t zeros = (uintptr_t)__bss_start, end = (uintptr_t)_end;
    uintptr_t own = (uintptr_t)rooms(), own_end = (uintptr_t)the_plan() + PAGE_BYTES;
    add_part((struct range){data_start(), (uintptr_t)first_counted_data});
    add_section(__start___libc_subfreeres, __stop___libc_subfreeres);
    add_section(__start___libc_atexit, __stop___libc_atexit);
    add_section(__start___libc_IO_vtables, __stop___libc_IO_vtables);
    add_section(__start___libc_freeres_ptrs, __stop___libc_freeres_ptrs);
    draft->zeros[zero_ranges++] = (struct range){own, own + sizeof(struct rooms)};
    add_with_zeros((struct range){zeros, own});
    add_with_zeros((struct range){own_end, (uintptr_t)first_counted_zeros});
    add_part((struct range){end, up(end)});
}

/* --- the thread, the stack --- */

/* Can PAGE be read and written? The kernel answers without a signal. Uses a byte of the copy that is still to come. */
static bool is_there(uintptr_t page)
{
    return pwrite(COPY_FD, (const void *)page, 1, (off_t)draft->bytes) == 1 &&
           pread(COPY_FD, (void *)page, 1, (off_t)draft->bytes) == 1;
}

static uintptr_t end_of_pages(uintptr_t address)
{
    uintptr_t end = up(address);
    while (is_there(end))
        end += PAGE_BYTES;
    return end;
}

/* The thread-local variables of a static program. */
static struct range thread_variables(void)
{
    uintptr_t thread = (uintptr_t)__builtin_thread_pointer();
    const ElfW(Phdr) *segment_of_them = segment(PT_TLS);
    if (!segment_of_them)
        return (struct range){thread, thread};
    size_t mask = segment_of_them->p_align > 1 ? segment_of_them->p_align - 1 : 0;
#if defined(__aarch64__)
    uintptr_t start = (thread + 2 * sizeof(void *) + mask) & ~mask;
    return (struct range){start, start + segment_of_them->p_memsz};
#else
    return (struct range){thread - ((segment_of_them->p_memsz + mask) & ~mask), thread};
#endif
}

/* The C library takes this memory from the break, before main. */
static void add_thread(void)
{
    struct range variables = thread_variables();
    uintptr_t start = variables.from & ~(uintptr_t)(PAGE_BYTES - 1);
    while (start > up((uintptr_t)_end) && is_there(start - PAGE_BYTES))
        start -= PAGE_BYTES;
    add_part((struct range){start, variables.from});
    add_part((struct range){variables.to, end_of_pages(variables.to)});
}

/* --- all of it --- */

static bool has_wide_registers(void)
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx");
#else
    return false;
#endif
}

/* The subject is still the kit's own: none of the student's functions has run where memory counts (grade/program.c). */
static void open_copy(void)
{
    need(memfd_create("heaplab-copy", MFD_ALLOW_SEALING) == COPY_FD);
}

static void seal_copy(void)
{
    need(fcntl(COPY_FD, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0);
    need(mprotect(draft, PAGE_BYTES, PROT_READ) == 0);
}

void plan_wipes(uintptr_t stack_low, uintptr_t stack_high)
{
    _Static_assert(sizeof(struct plan) <= PAGE_BYTES, "the plan has one page");
    if (!first_counted_data)
        return; /* a program without a lab's table */
    open_copy();
    draft = (struct plan *)(uintptr_t)the_plan();
    draft->stack_low = stack_low;
    draft->wide_registers = has_wide_registers();
    add_thread();
    add_part((struct range){stack_high, end_of_pages(stack_high)});
    add_variables();
    seal_copy();
}
