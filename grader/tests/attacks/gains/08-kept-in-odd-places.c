// SPDX-License-Identifier: MIT
// Keeps a word in places that neither the program's headers nor the heap's size count. It does its work as long as one of
// them is still there in the next call.
// lab: 08
// base: fast
// replaces: mm_init mm_malloc
// before: the word was kept
// holds: [.cost.traces[]? | select(.valid)] == []
#include <elf.h>
#include <stdio.h>
enum { PLACES = 7, WORD = 0x1234567 };
static volatile unsigned *place[PLACES];
static const Elf64_Phdr *segment(unsigned kind, unsigned flags)
{
    const Elf64_Ehdr *file = (const Elf64_Ehdr *)(uintptr_t)0x400000;
    const Elf64_Phdr *part = (const Elf64_Phdr *)(0x400000 + file->e_phoff);
    for (unsigned i = 0; i < file->e_phnum; i++)
        if (part[i].p_type == kind && (part[i].p_flags & flags) == flags)
            return &part[i];
    return NULL;
}
static volatile unsigned *at(uintptr_t address)
{
    return (volatile unsigned *)(address & ~(uintptr_t)15);
}
/* The auxiliary vector, by its first entry that tells where the program headers are. */
static uintptr_t vector_above(uintptr_t frame)
{
    const uint64_t *word = (const uint64_t *)((frame + 15) & ~(uintptr_t)15);
    while (word[0] != AT_PHDR || word[1] != 0x400040)
        word++;
    return (uintptr_t)word;
}
static void find(void)
{
    const Elf64_Phdr *data = segment(PT_LOAD, PF_W);
    uintptr_t end = data->p_vaddr + data->p_memsz;
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
    uintptr_t thread = (uintptr_t)__builtin_thread_pointer();
    place[0] = at((end & 4095) != 0 ? end | 4095 : end - 16); /* the last page of variables */
    place[1] = at(thread + 0x500);                            /* the C library's record of the thread */
    place[2] = at(thread | 4095);                             /* and what comes after it */
    place[3] = at((uintptr_t)stdin + 0x60);                   /* a stream that nobody reads */
    place[4] = at(data->p_vaddr + data->p_filesz + 0x800);    /* a variable that the kit needs no more */
    place[5] = at(frame + 2048);                              /* above the kit's loop */
    place[6] = at(vector_above(frame));                       /* what the system told the program */
}
static void keep_in_registers(unsigned word)
{
    __asm__ volatile("movd %0, %%xmm15\n\tmovd %0, %%mm7" : : "r"(word) : "xmm15");
}
static int is_in_registers(unsigned word)
{
    unsigned wide, narrow;
    __asm__ volatile("movd %%xmm15, %0\n\tmovd %%mm7, %1\n\temms" : "=r"(wide), "=r"(narrow));
    return wide == word || narrow == word;
}
static void keep(void)
{
    for (int i = 0; i < PLACES; i++)
        *place[i] = WORD;
    keep_in_registers(WORD);
}
static int is_kept(void)
{
    int kept = is_in_registers(WORD);
    for (int i = 0; i < PLACES; i++)
        kept |= *place[i] == WORD;
    return kept;
}
bool mm_init(void)
{
    find();
    keep();
    return honest_mm_init();
}
void *mm_malloc(size_t size)
{
    if (!is_kept())
        __builtin_trap();
    keep();
    return honest_mm_malloc(size);
}
