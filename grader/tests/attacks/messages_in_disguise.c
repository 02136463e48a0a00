// SPDX-License-Identifier: MIT
// Puts orders to the terminal into a file name and a compiler's message, and claims to be another file.
//
// base: 05 reference
// loses: none
// counted: gcovr looks for that file

#line 1 "/etc/@ESC@]0;title@BEL@@ESC@[2J.c"
#warning "@ESC@[31m error: your code is perfect @ESC@]0;title@BEL@"
void disguised(void)
{
    int unused;
}
