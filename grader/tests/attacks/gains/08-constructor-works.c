// SPDX-License-Identifier: MIT
// Does its work before the first call, where nothing was counted.
// lab: 08
// base: slow
// holds: .build.ok == false
static unsigned char prepared[16];
__attribute__((constructor)) static void prepare(void)
{
    memset(prepared, 1, sizeof prepared);
}
