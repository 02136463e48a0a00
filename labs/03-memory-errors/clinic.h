// SPDX-License-Identifier: MIT
/*
 * clinic.h - the contract of lab 03: eight patients, and what each of them does when it is healthy.
 *
 * Each patient is a small source file that somebody wrote, tried once and found to work. Each has
 * one memory error, and no two have the same. Fix the code so that every sentence here is true, and
 * change nothing else about what it does. Callers rely on what is written here, and the tests check
 * nothing else.
 *
 * Rules for all patients:
 *
 *   - Strings that a caller passes in still belong to the caller. A patient reads them during the
 *     call and never changes, keeps or frees them; afterwards the caller may overwrite them.
 *   - What NAME_new (or words_split, message_forward) returns stays valid until it is passed to
 *     NAME_free. After that, no block of it is left allocated. NAME_free(NULL) does nothing.
 *   - A program may have any number of playlists, rings and so on at a time. Each is independent of
 *     all others.
 *   - When memory runs out, a function reports it as described below. Whatever existed before the
 *     call is unchanged, and nothing is leaked. The same call may succeed later.
 *   - A patient asks for as much memory as it needs. "Keeps" says below how much each has to keep.
 *     No single request exceeds that by more than SPARE_BYTES, which is enough for zero bytes,
 *     pointers and counts.
 *
 * The contents of the structs are private to each patient's file.
 */
#ifndef CLINIC_H
#define CLINIC_H

#include <stdbool.h>
#include <stddef.h>

enum { SPARE_BYTES = 64 };

/* ---- Patient 1: tokenizer.c, the words of a text ---- */

enum { MOST_WORDS = 32 };

/*
 * Splits TEXT into words: the longest possible sequences without a space, tab or newline. All other
 * characters belong to words. A text may have any length, and so may a word. Only the first
 * MOST_WORDS words count; the text after them is ignored. A text without any word gives 0 words.
 * Returns NULL when there is not enough memory. Keeps: MOST_WORDS pointers and the text.
 */
struct words *words_split(const char *text);

size_t words_count(const struct words *words);

/* The word at INDEX, counted from 0, as a string. NULL if there is none. */
const char *words_at(const struct words *words, size_t index);

void words_free(struct words *words);

/* ---- Patient 2: playlist.c, a linked list of songs ---- */

/* An empty playlist. Returns NULL when there is not enough memory. Keeps: the title of one song. */
struct playlist *playlist_new(void);

/* Adds a song with a copy of TITLE, of any length, at the end. False when memory runs out. */
bool playlist_add(struct playlist *playlist, const char *title);

/* The title of the song at POSITION, counted from 0. NULL if there is none. */
const char *playlist_title(const struct playlist *playlist, size_t position);

/* Removes the first song and frees its memory; the others move up by one. False if it is empty. */
bool playlist_skip(struct playlist *playlist);

void playlist_free(struct playlist *playlist);

/* ---- Patient 3: palindrome.c, texts that read the same from both ends ---- */

/*
 * Whether the letters of TEXT, which may have any length, read the same from both ends. Only the
 * letters from A to Z count, and upper and lower case are the same: "Anna", "Step on no pets!" and
 * "" are palindromes. Returns 1 if TEXT is one, 0 if it is not, and -1 when there is not enough
 * memory. Keeps: the text.
 */
int palindrome(const char *text);

/* ---- Patient 4: ring.c, a ring buffer ---- */

/*
 * An empty ring with room for CAPACITY items, which is from 1 to MOST_ITEMS. Returns NULL when
 * there is not enough memory. Keeps: CAPACITY ints.
 */
enum { MOST_ITEMS = 1000 };
struct ring *ring_new(size_t capacity);

/* Puts ITEM in. Returns false, and changes nothing, if CAPACITY items are waiting. */
bool ring_push(struct ring *ring, int item);

/*
 * Takes out the item that has waited longest and stores it in *ITEM. Returns false, and changes
 * nothing, if there is none.
 */
bool ring_pop(struct ring *ring, int *item);

void ring_free(struct ring *ring);

/* ---- Patient 5: message.c, messages that can be forwarded ---- */

/* A message with a copy of each string. NULL when memory runs out. Keeps: the strings. */
struct message *message_new(const char *receiver, const char *text);

/*
 * A new message to RECEIVER with the text of MESSAGE. The two messages are independent: each can be
 * used and freed, in any order, whatever happens to the other. Returns NULL when memory runs out.
 * Keeps: as message_new.
 */
struct message *message_forward(const struct message *message, const char *receiver);

const char *message_receiver(const struct message *message);
const char *message_text(const struct message *message);
void message_free(struct message *message);

/* ---- Patient 6: scores.c, how often each score was reached ---- */

/*
 * Counts for the scores 0 to HIGHEST, which is from 0 to MOST_SCORE: none has been reached yet.
 * Returns NULL when there is not enough memory. Keeps: HIGHEST + 1 numbers of type size_t.
 */
enum { MOST_SCORE = 1000 };
struct scores *scores_new(int highest);

/* Counts SCORE once more. Returns false, and changes nothing, if it is not from 0 to HIGHEST. */
bool scores_add(struct scores *scores, int score);

/* How often SCORE was reached. 0 if it is not from 0 to HIGHEST. */
size_t scores_count(const struct scores *scores, int score);

/* The score reached most often; the lowest such score if there are several. -1 if none was. */
int scores_commonest(const struct scores *scores);

void scores_free(struct scores *scores);

/* ---- Patient 7: note.c, a note that can be rewritten ---- */

/* A note with a copy of TEXT, of any length. NULL when memory runs out. Keeps: the text. */
struct note *note_new(const char *text);

/* The current text. The pointer is valid until the next note_set or note_free. */
const char *note_text(const struct note *note);

/*
 * Makes the note hold a copy of TEXT. TEXT may be the note's own text, or a part of it:
 * note_set(note, note_text(note) + 2) removes the first two characters. Returns false when there is
 * not enough memory.
 */
bool note_set(struct note *note, const char *text);

void note_free(struct note *note);

/* ---- Patient 8: readings.c, an array that grows ---- */

/*
 * No readings yet. Returns NULL when there is not enough memory. Keeps: twice as many ints as there
 * are readings, but at least FIRST_ROOM of them.
 */
enum { FIRST_ROOM = 4 };
struct readings *readings_new(void);

/* Adds VALUE after the others. There may be any number of them. False when memory runs out. */
bool readings_add(struct readings *readings, int value);

size_t readings_count(const struct readings *readings);

/* The reading at INDEX, which is below the count; the first one is at 0. */
int readings_at(const struct readings *readings, size_t index);

void readings_free(struct readings *readings);

#endif
