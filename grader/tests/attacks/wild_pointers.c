// SPDX-License-Identifier: MIT
// Returns a shape whose parts lie at the end of the heap, in the page, and nowhere.
//
// base: 01 reference
// replaces: shape_new
// loses: some
// tells: the shape's name should be as it was passed

struct shape *shape_new(const char *name, const struct point *points, size_t count)
{
    static int calls;
    struct shape *shape = honest_shape_new(name, points, count);
    if (shape == NULL)
        return NULL;
    const uintptr_t wild[] = {HEAP_ADDRESS + HEAP_BYTES - 1, CHANNEL_ADDRESS + 8, 0x7ffffffff000, UINTPTR_MAX, 1};
    shape->name = (char *)wild[calls++ % 5];
    shape->points = (struct point *)wild[calls % 5];
    shape->count = SIZE_MAX / sizeof(struct point);
    return shape;
}
