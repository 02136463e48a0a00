// SPDX-License-Identifier: MIT
/*
 * tight_ticket.h - what must hold for the members of struct tight_ticket. The grader compiles these lines at the end of
 * the student's sizes.c (grade/types.c), which is the only place where the struct is known.
 *
 * A bit-field has no address, so the compiler refuses the first assertion about it.
 */
#undef ticket
#undef tight_ticket
#undef coach
#undef price
#undef kind
#undef train
#undef seat
#undef char
#undef short
#undef int
#undef long
#undef struct
#undef default
#undef _Alignof
#undef _Generic
#undef _Static_assert
#undef __alignof__

#define THE(member) ((struct tight_ticket *)0)->member
#define ASSERT_MEMBER(type, member)                                                                                    \
    _Static_assert(_Generic(&THE(member), type * : 1, default : 0), #member " should be of type " #type);              \
    _Static_assert(__alignof__(THE(member)) == _Alignof(type), #member " should be aligned as type " #type " is");

ASSERT_MEMBER(char, coach)
ASSERT_MEMBER(long, price)
ASSERT_MEMBER(char, kind)
ASSERT_MEMBER(int, train)
ASSERT_MEMBER(short, seat)
