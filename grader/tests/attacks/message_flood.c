// SPDX-License-Identifier: MIT
// Makes the compiler print more errors than anybody can read.
//
// base: 05 nothing
// loses: all
// tells: error: lvalue required

#define A 1 = 1;
#define B A A A A A A A A A A
#define C B B B B B B B B B B
#define D C C C C C C C C C C
#define E D D D D D D D D D D
void flood(void)
{
    E
}
