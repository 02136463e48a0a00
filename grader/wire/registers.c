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
