// SPDX-License-Identifier: MIT
/*
 * registers.c - the registers of registers.h on x86-64, x86 and arm64.
 */
#include "wire/registers.h"

#include <stdbool.h>

uintptr_t program_counter(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__i386__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_EIP];
#else
    return (uintptr_t)context->uc_mcontext.pc;
#endif
}

uintptr_t frame_pointer(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RBP];
#elif defined(__i386__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_EBP];
#else
    return (uintptr_t)context->uc_mcontext.regs[29];
#endif
}

uintptr_t stack_pointer(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__i386__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_ESP];
#else
    return (uintptr_t)context->uc_mcontext.sp;
#endif
}

#if defined(__x86_64__) || defined(__i386__)

/* It lies where the stack ends. Some other word there seldom is an address of code. */
uintptr_t leaf_return(const ucontext_t *context, struct code_range code, uintptr_t stack_top)
{
    uintptr_t low = stack_pointer(context);
    uintptr_t word = low < stack_top ? *(const uintptr_t *)low : 0;
    return word >= code.from && word < code.to ? word : 0;
}

#else

/* Is the function that PC lies in past "add x29, sp, #n", which makes its frame? So it is if that comes before a "ret",
 * going back. */
static bool has_frame(uintptr_t pc, struct code_range code)
{
    const uint32_t any_n = 0x3ffc00;
    for (const uint32_t *at = (const uint32_t *)pc; (uintptr_t)at > code.from && (uintptr_t)at < code.to;) {
        at--;
        if ((*at & ~any_n) == 0x910003fd)
            return true;
        if (*at == 0xd65f03c0)
            return false;
    }
    return false;
}

/* It lies in a register, x30. That of a function with a frame is what the last call in it has left. */
uintptr_t leaf_return(const ucontext_t *context, struct code_range code, uintptr_t stack_top)
{
    (void)stack_top;
    uintptr_t word = (uintptr_t)context->uc_mcontext.regs[30];
    return word >= code.from && word < code.to && !has_frame(program_counter(context), code) ? word : 0;
}

#endif
