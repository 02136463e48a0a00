// SPDX-License-Identifier: MIT
// Returns a string of orders to the terminal: the report shows what was found.
//
// base: 01 reference
// replaces: greeting
// loses: some
// tells: the greeting should be complete

char *greeting(const char *name)
{
    static const char junk[] = "\033]0;title\007\033[2J\033[31m \302\233 31m \377\b\r\n";
    char *text = malloc(sizeof junk + strlen(name));
    if (text != NULL)
        memcpy(text, junk, sizeof junk);
    return text;
}
