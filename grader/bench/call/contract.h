// SPDX-License-Identifier: MIT
/* contract.h - the only function of the lab that measures the cost of a judged call. */
int successor(int number);
