// SPDX-License-Identifier: MIT
// Writes orders to the terminal over what the test passed in, which the story of the next call shows.
//
// base: 01 reference
// replaces: region_of
// loses: some

enum region region_of(const struct memory_map *map, const void *address)
{
    memset((void *)ARENA_ADDRESS, '\033', 4096);
    return honest_region_of(map, address);
}
