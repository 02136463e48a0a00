// SPDX-License-Identifier: MIT
/*
 * branches.c - where watched code may go by a pointer to a function (watch.h).
 *
 * The bytes of a constant may be instructions, and no hook sees what these do. So gcc's -mindirect-branch=thunk-extern
 * has each such call go through the function of its register here, and that goes on only to where a function of the
 * graded code begins, or one that it calls by name. The linker makes the list of both (grade/link.sh); a program
 * without one, as direct mode makes, may call anything.
 *
 * For x86-64; elsewhere gcc has nothing like it, and nothing is checked.
 */
#include "subject/subject.h"
#include "subject/watch.h"

extern const uintptr_t heaplab_targets_start[] __attribute__((weak));
extern const uintptr_t heaplab_targets_end[] __attribute__((weak));

static bool is_listed(uintptr_t target)
{
    const uintptr_t *place = heaplab_targets_start;
    if (!place)
        return true;
    while (place < heaplab_targets_end && *place != target)
        place++;
    return place < heaplab_targets_end;
}

void look_at_branch(uintptr_t target, uintptr_t code, const void *frame)
{
    const struct look look = {.address = target, .flaw = LOOK_BRANCH};
    if (watch_refuses() && !is_listed(target))
        tell_look(&look, code, frame);
}

#ifdef __x86_64__

/* Keeps all registers that may hold arguments. The target lies on the stack, below where the call returns to; the saved
 * rbp stands in for the frame of one of the kit's functions, which is what tell_look starts from. */
__asm__(".text\n"
        "heaplab_branch:\n"
        "    .irp register, rax, rcx, rdx, rsi, rdi, r8, r9, r10, r11, rbx, rbp\n"
        "    pushq %\\register\n"
        "    .endr\n"
        "    movq 88(%rsp), %rdi\n"
        "    movq 96(%rsp), %rsi\n"
        "    movq %rsp, %rdx\n"
        "    movq %rsp, %rbx\n"
        "    subq $128, %rsp\n"
        "    andq $-16, %rsp\n"
        "    .irp n, 0, 1, 2, 3, 4, 5, 6, 7\n"
        "    movaps %xmm\\n, 16 * \\n(%rsp)\n"
        "    .endr\n"
        "    call look_at_branch\n"
        "    .irp n, 0, 1, 2, 3, 4, 5, 6, 7\n"
        "    movaps 16 * \\n(%rsp), %xmm\\n\n"
        "    .endr\n"
        "    movq %rbx, %rsp\n"
        "    .irp register, rbp, rbx, r11, r10, r9, r8, rdi, rsi, rdx, rcx, rax\n"
        "    popq %\\register\n"
        "    .endr\n"
        "    ret\n"
        ".irp register, rax, rbx, rcx, rdx, rsi, rdi, rbp, r8, r9, r10, r11, r12, r13, r14, r15\n"
        ".globl __x86_indirect_thunk_\\register\n"
        "__x86_indirect_thunk_\\register:\n"
        "    pushq %\\register\n"
        "    jmp heaplab_branch\n"
        ".endr\n");

#endif
