// SPDX-License-Identifier: MIT
/*
 * registers.h - where a signal interrupted the code: three registers, under the processor's names for them.
 */
#ifndef HEAPLAB_REGISTERS_H
#define HEAPLAB_REGISTERS_H

#include <stdint.h>
#include <ucontext.h>

uintptr_t program_counter(const ucontext_t *context);
uintptr_t frame_pointer(const ucontext_t *context);
uintptr_t stack_pointer(const ucontext_t *context);

#endif
