// SPDX-License-Identifier: MIT
/*
 * registers.h - where a signal interrupted the code: three registers, under the processor's names for them, and how a
 * function without a frame returns.
 */
#ifndef HEAPLAB_REGISTERS_H
#define HEAPLAB_REGISTERS_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

uintptr_t program_counter(const ucontext_t *context);
uintptr_t frame_pointer(const ucontext_t *context);
uintptr_t stack_pointer(const ucontext_t *context);

/* Where all of a program's code lies. */
struct code_range {
    uintptr_t from, to;
};

/* The return address of the interrupted function if it has made no frame (yet), like the C library's memcpy; 0 if it
 * seems to have one. The stack must be readable from its pointer to STACK_TOP. */
uintptr_t leaf_return(const ucontext_t *context, struct code_range code, uintptr_t stack_top);

/* For that, in arm64's instructions from START on: is the function at PC past "add x29, sp, #n", which makes its frame?
 * So it is if that comes before a "ret", going back. */
bool arm64_has_frame(const uint32_t *start, const uint32_t *pc);

#endif
