// SPDX-License-Identifier: MIT
// as another course wrote it
#error "the simulated system is the kit's"
