// SPDX-License-Identifier: MIT
/* contract.h - the one function of the lab that measures what a judged call costs. */
int successor(int number);
