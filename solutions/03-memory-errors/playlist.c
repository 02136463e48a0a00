// SPDX-License-Identifier: MIT
/*
 * playlist.c - patient 2: a linked list of songs.
 *
 * Interface: clinic.h. The list owns its songs; a song owns its title. Each is a heap block.
 *
 * Complaint: "Plays well, but uses more memory with each song. After a week the player hangs."
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

struct song {
    char *title;
    struct song *next; /* NULL in the last song */
};

struct playlist {
    struct song *first; /* NULL if there are no songs */
};

/* The caller owns the song. NULL when there is not enough memory. */
static struct song *song_new(const char *title)
{
    struct song *song = malloc(sizeof *song);
    if (song == NULL)
        return NULL;
    *song = (struct song){.title = malloc(strlen(title) + 1), .next = NULL};
    if (song->title == NULL) {
        free(song);
        return NULL;
    }
    strcpy(song->title, title);
    return song;
}

static void song_free(struct song *song)
{
#ifdef SOLUTION
    free(song->title);
#endif
    free(song);
}

struct playlist *playlist_new(void)
{
    return calloc(1, sizeof(struct playlist));
}

bool playlist_add(struct playlist *playlist, const char *title)
{
    struct song **end = &playlist->first;
    while (*end != NULL)
        end = &(*end)->next;
    *end = song_new(title);
    return *end != NULL;
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
    song_free(song);
    return true;
}

void playlist_free(struct playlist *playlist)
{
    while (playlist != NULL && playlist_skip(playlist))
        continue;
    free(playlist);
}
