// SPDX-License-Identifier: MIT
/*
 * playlist_tests.c - what lab 03 requires of patient 2, playlist.c: a linked list of songs.
 */
#include "common.h"

#include "clinic.h"

#include <stdio.h>

static struct playlist *tried; /* that add_again adds its second song to */

static void add_song(struct playlist *playlist, const char *title)
{
    expect(playlist_add(playlist, title), "playlist_add should succeed: there is enough memory");
}

static struct playlist *new_playlist(void)
{
    struct playlist *playlist = playlist_new();
    expect_pointer_set(playlist, "playlist_new should succeed: there is enough memory");
    return playlist;
}

static void expect_title(const struct playlist *playlist, size_t position, const char *title)
{
    char what[64];
    snprintf(what, sizeof what, "the title at position %zu", position);
    expect_kept(playlist_title(playlist, position), title, what);
}

START_TEST(playlist_is_well)
{
    struct playlist *playlist = new_playlist();
    add_song(playlist, put_string("Blackbird"));
    add_song(playlist, put_string("Yesterday"));
    playlist_free(playlist);
    expect_no_leak("playlist_free should free everything: nobody else can");
    reuse_blocks();
    playlist = new_playlist();
    add_song(playlist, put_string("Michelle"));
    expect_title(playlist, 0, "Michelle");
    expect_null(playlist_title(playlist, 1), "there is one song in the new list");
    playlist_free(playlist);
    expect_no_leak("playlist_free should free everything");
}
END_TEST

START_TEST(playlist_skip_gives_back)
{
    struct playlist *playlist = new_playlist();
    size_t empty = heap_live_blocks();
    add_song(playlist, put_string("Blackbird"));
    size_t with_one = heap_live_blocks();
    add_song(playlist, put_string("Yesterday"));
    expect(playlist_skip(playlist), "playlist_skip should remove the first of two songs");
    expect_size(heap_live_blocks(), with_one, "after the skip, the list should own as many blocks as with one song");
    expect(playlist_skip(playlist), "playlist_skip should remove the only song");
    expect_size(heap_live_blocks(), empty, "after the skip, the list should own as many blocks as an empty one");
    playlist_free(playlist);
}
END_TEST

/* Whoever keeps songs in an array asks for more than the short title needs. */
static void keep_short_titles(void)
{
    enum { SONGS = 70 };
    unsigned blocks = heap_blocks();
    struct playlist *playlist = new_playlist();
    tell("/* %d songs are added */", SONGS);
    story_quiet();
    for (size_t i = 0; i < SONGS; i++)
        add_song(playlist, put_string("A"));
    story_aloud();
    expect_later_by_need(blocks, sizeof "A", "a title of one letter");
}

START_TEST(playlist_keeps_titles)
{
    PUT_TEXT(title, "Blackbird");
    struct playlist *playlist = new_playlist();
    struct playlist *other = new_playlist();
    add_song(playlist, title);
    expect_input(title, "Blackbird");
    expect_by_need(sizeof "Blackbird", "the title");
    add_song(playlist, put_string("Yesterday"));
    add_song(other, put_string("Hey Jude"));
    overwrite(title, "title");
    expect_title(playlist, 0, "Blackbird");
    expect_title(playlist, 1, "Yesterday");
    playlist_free(other);
    expect_title(playlist, 0, "Blackbird");

    add_song(playlist, put_letters('x', LONG_TEXT));
    const char *long_title = playlist_title(playlist, 2);
    expect_fill(long_title, 'x', LONG_TEXT, "a long title should be complete");
    expect_string(long_title + LONG_TEXT, "", "a long title should end with a zero byte");
    expect_by_need(LONG_TEXT, "the title");
    add_song(playlist, put_string(""));
    add_song(playlist, put_string("Yesterday"));
    expect_title(playlist, 3, "");
    expect_title(playlist, 4, "Yesterday");
    keep_short_titles();
}
END_TEST

/* Many playlists at a time. */
static void keep_crowd(void)
{
    struct playlist *crowd[CROWD];
    story_quiet();
    for (size_t i = 0; i < CROWD; i++) {
        crowd[i] = new_playlist();
        add_song(crowd[i], put_string("Blackbird"));
    }
    for (size_t i = 0; i < CROWD; i++)
        add_song(crowd[i], put_string(i % 2 == 0 ? "Yesterday" : "Hey Jude"));
    expect(playlist_skip(crowd[0]), "playlist_skip should remove the first of two songs");
    story_aloud();
    expect_title(crowd[0], 0, "Yesterday");
    expect_title(crowd[1], 0, "Blackbird");
    expect_title(crowd[CROWD - 1], 1, "Hey Jude");
}

/* More songs than a byte can count. */
static void keep_many(void)
{
    enum { SONGS = 300 };
    struct playlist *playlist = new_playlist();
    tell("/* %d songs are added */", SONGS);
    story_quiet();
    for (size_t i = 0; i < SONGS; i++)
        add_song(playlist, put_string(i == SONGS - 1 ? "Z" : "A"));
    story_aloud();
    expect_title(playlist, SONGS - 1, "Z");
    expect_null(playlist_title(playlist, SONGS), "there are %d songs, so there is none at position %d", SONGS, SONGS);
}

/* After each skip, titles are asked for in an order of their own. */
static void ask_after_skips(void)
{
    static const char *const titles[] = {"Blackbird", "Yesterday", "Hey Jude", "Michelle", "Help!", "Something"};
    enum { SONGS = sizeof titles / sizeof titles[0] };
    for (size_t first = 0; first < SONGS - 1; first++) {
        struct playlist *playlist = new_playlist();
        for (size_t i = 0; i < SONGS; i++)
            add_song(playlist, put_string(titles[i]));
        expect_title(playlist, first, titles[first]);
        expect(playlist_skip(playlist), "playlist_skip should remove the first song");
        expect_title(playlist, first, titles[first + 1]);
        expect_title(playlist, SONGS - 2, titles[SONGS - 1]);
        expect_title(playlist, 0, titles[1]);
        expect_null(playlist_title(playlist, SONGS - 1), "one of the %d songs has been skipped", SONGS);
        playlist_free(playlist);
    }
}

START_TEST(playlist_plays_in_order)
{
    struct playlist *playlist = new_playlist();
    expect(!playlist_skip(playlist), "there is no song to skip yet");
    expect_null(playlist_title(playlist, 0), "there is no song yet");
    add_song(playlist, put_string("Blackbird"));
    add_song(playlist, put_string("Yesterday"));
    add_song(playlist, put_string("Hey Jude"));
    expect_title(playlist, 0, "Blackbird");
    expect_title(playlist, 2, "Hey Jude");
    expect_null(playlist_title(playlist, 3), "there are three songs, so there is none at position 3");
    expect_null(playlist_title(playlist, 5), "there are three songs, so there is none at position 5");
    expect_null(playlist_title(playlist, SIZE_MAX), "there are three songs, so there is none at such a position");
    for (size_t position = 4; position != 0; position *= 2)
        expect_null(playlist_title(playlist, position), "there are three songs, so there is none at position %zu",
                    position);
    expect(playlist_skip(playlist), "playlist_skip should remove the first of three songs");
    expect_title(playlist, 0, "Yesterday");
    expect_title(playlist, 1, "Hey Jude");
    expect(playlist_skip(playlist) && playlist_skip(playlist), "playlist_skip should remove the other two");
    expect(!playlist_skip(playlist), "all songs have been skipped");
    add_song(playlist, put_string("Michelle"));
    expect_title(playlist, 0, "Michelle");
    expect_null(playlist_title(playlist, 1), "all other songs have been skipped");
    playlist_free(NULL);
    ask_after_skips();
    keep_crowd();
    keep_many();
}
END_TEST

static void *make_playlist(void)
{
    return playlist_new();
}

static void *add_again(void)
{
    bool added = playlist_add(tried, put_string("Yesterday"));
    if (!added)
        expect_null(playlist_title(tried, 1), "when playlist_add returns false, the list should not change");
    return added ? tried : NULL;
}

START_TEST(playlist_bears_refusal)
{
    tried = refuse_each(make_playlist, "playlist_new", "NULL");
    add_song(tried, put_string("Blackbird"));
    refuse_each(add_again, "playlist_add", "false");
    add_song(tried, put_string("Hey Jude"));
    expect_title(tried, 2, "Hey Jude");
    expect_title(tried, 0, "Blackbird");
    expect_title(tried, 1, "Yesterday");
    playlist_free(tried);
    expect_no_leak("playlist_free should free everything");
}
END_TEST

START_TEST(playlist_memcheck)
{
    struct playlist *playlist = new_playlist();
    add_song(playlist, put_string("Blackbird"));
    add_song(playlist, put_string("Yesterday"));
    add_song(playlist, put_string("Hey Jude"));
    expect(playlist_skip(playlist), "playlist_skip should remove the first of three songs");
    expect_title(playlist, 1, "Hey Jude");
    playlist_free(playlist);
}
END_TEST

void add_playlist_tests(struct suite *suite)
{
    suite_add(suite, playlist_is_well);
    suite_add(suite, playlist_skip_gives_back);
    suite_add(suite, playlist_keeps_titles);
    suite_add(suite, playlist_plays_in_order);
    suite_add(suite, playlist_bears_refusal);
    suite_add_memcheck(suite, playlist_memcheck);
}
