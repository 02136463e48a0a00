// SPDX-License-Identifier: MIT
/*
 * registers.c - the registers of registers.h on x86-64, x86 and arm64.
 */
#include "wire/registers.h"

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

bool arm64_has_frame(const uint32_t *start, const uint32_t *pc)
{
    enum { ANY_N = 0x3ffc00 };
    static const uint32_t sets_frame = 0x910003fd, returns = 0xd65f03c0;
    while (pc > start) {
        pc--;
        if ((*pc & ~(uint32_t)ANY_N) == sets_frame)
            return true;
        if (*pc == returns)
            return false;
    }
    return false;
}

static bool is_inside(uintptr_t address, struct code_range code)
{
    return address >= code.from && address < code.to;
}

/* On x86 it lies where the stack ends; some other word there is seldom an address of code. On arm64 it is in a
 * register, x30; that of a function with a frame is what the last call in it has left. */
uintptr_t leaf_return(const ucontext_t *context, struct code_range code, uintptr_t stack_top)
{
#if defined(__x86_64__) || defined(__i386__)
    uintptr_t low = stack_pointer(context);
    uintptr_t word = low < stack_top ? *(const uintptr_t *)low : 0;
    return is_inside(word, code) ? word : 0;
#else
    (void)stack_top;
    uintptr_t word = (uintptr_t)context->uc_mcontext.regs[30];
    uintptr_t pc = program_counter(context);
    bool framed = is_inside(pc, code) && arm64_has_frame((const uint32_t *)code.from, (const uint32_t *)pc);
    return is_inside(word, code) && !framed ? word : 0;
#endif
}
