// SPDX-License-Identifier: MIT
// A macro that grows to 10^12 strings.
//
// base: 05 nothing
// loses: all
// tells: the compiler needed more time, memory or file space than it may have

#define B "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
#define C B B B B B B B B B B
#define D C C C C C C C C C C
#define E D D D D D D D D D D
#define F E E E E E E E E E E
#define G F F F F F F F F F F
#define H G G G G G G G G G G
#define I H H H H H H H H H H
#define J I I I I I I I I I I
#define K J J J J J J J J J J
#define L K K K K K K K K K K
#define M L L L L L L L L L L
#define N M M M M M M M M M M
const char bomb[] = N;
