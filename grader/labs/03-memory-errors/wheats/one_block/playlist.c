// SPDX-License-Identifier: MIT
/*
 * playlist.c - patient 2, cured in another way: a song's title lies in the song's own block.
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

struct song {
    struct song *next;
    char title[];
};

struct playlist {
    struct song *first;
    struct song *last;
};

struct playlist *playlist_new(void)
{
    return calloc(1, sizeof(struct playlist));
}

bool playlist_add(struct playlist *playlist, const char *title)
{
    size_t size = strlen(title) + 1;
    struct song *song = malloc(sizeof *song + size);
    if (song == NULL)
        return false;
    song->next = NULL;
    memcpy(song->title, title, size);
    if (playlist->first == NULL)
        playlist->first = song;
    else
        playlist->last->next = song;
    playlist->last = song;
    return true;
}

const char *playlist_title(const struct playlist *playlist, size_t position)
{
    const struct song *song = playlist->first;
    for (; song != NULL && position > 0; position--)
        song = song->next;
    return song != NULL ? song->title : NULL;
}

bool playlist_skip(struct playlist *playlist)
{
    struct song *song = playlist->first;
    if (song == NULL)
        return false;
    playlist->first = song->next;
    free(song);
    return true;
}

void playlist_free(struct playlist *playlist)
{
    if (playlist == NULL)
        return;
    while (playlist_skip(playlist))
        continue;
    free(playlist);
}
