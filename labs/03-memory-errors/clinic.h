// SPDX-License-Identifier: MIT
/*
 * clinic.h - the contract of lab 03: eight patients, and what each of them does when it is well.
 *
 * Each patient is a small source file that somebody wrote, tried out once and found to be working. Each is ill with one
 * memory error, and no two have the same. You mend the code in such a way that every sentence here is true, and change
 * nothing else about what it does. A caller may rely on what stands here, and the tests look at nothing else.
 *
 * Rules for all patients:
 *
 *   - Strings that are handed in still belong to the caller. A patient reads them during the call and never changes,
 *     keeps or frees them: afterwards the caller may overwrite its own string.
 *   - Whatever NAME_new (or words_split, message_forward) gives stays valid until it is handed to NAME_free. After that
 *     nothing of it is left allocated. NAME_free(NULL) does nothing.
 *   - There may be any number of playlists, rings and so on at a time. Each is separate from all others.
 *   - When memory runs out, a function says so as described below. Whatever was there before the call stays as it was,
 *     nothing is printed, and nothing is lost.
 *   - Memory is asked for by need. "Keeps" says below how much a patient has to keep; no single request is for more
 * than SPARE_BYTES beyond that, which is enough for zero bytes, pointers and counts.
 *
 * What is in the structs is the business of each patient's own file.
 */
#ifndef CLINIC_H
#define CLINIC_H

#include <stdbool.h>
#include <stddef.h>

enum { SPARE_BYTES = 64 };

/* ---- Patient 1: tokenizer.c, the words of a text ---- */

enum { MOST_WORDS = 32 };

/*
 * Splits TEXT into words: the longest possible pieces without a space, tab or line end. A text may have any length, and
 * so may a word. After MOST_WORDS words the rest of the text is left out. A text without any word gives 0 words.
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

/* Adds a song with a copy of TITLE, of any length, at the end. False when there is not enough memory. */
bool playlist_add(struct playlist *playlist, const char *title);

/* The title of the song at POSITION, counted from 0. NULL if there is none. */
const char *playlist_title(const struct playlist *playlist, size_t position);

/* Removes the first song and gives its memory back; the others move up by one. False if there is none. */
bool playlist_skip(struct playlist *playlist);

void playlist_free(struct playlist *playlist);

/* ---- Patient 3: palindrome.c, texts that read the same from both ends ---- */

/*
 * Whether the letters of TEXT, of any length, are the same read from either end. Only the letters from A to Z count,
 * and small and capital ones are the same: "Anna", "Step on no pets!" and "" are palindromes. Returns 1 if they are, 0
 * if they are not, and -1 when there is not enough memory. Keeps: the text.
 */
int palindrome(const char *text);

/* ---- Patient 4: ring.c, a ring buffer ---- */

/*
 * An empty ring with room for CAPACITY items, which is from 1 to MOST_ITEMS. Returns NULL when there is not enough
 * memory. Keeps: CAPACITY ints.
 */
enum { MOST_ITEMS = 1000 };
struct ring *ring_new(size_t capacity);

/* Puts ITEM in. False, and nothing else, if CAPACITY items are waiting. */
bool ring_push(struct ring *ring, int item);

/* Takes out the item that has waited longest and stores it in *ITEM. False, and nothing else, if there is none. */
bool ring_pop(struct ring *ring, int *item);

void ring_free(struct ring *ring);

/* ---- Patient 5: message.c, messages that can be forwarded ---- */

/* A message with a copy of each string. Returns NULL when there is not enough memory. Keeps: the strings. */
struct message *message_new(const char *receiver, const char *text);

/*
 * A new message to RECEIVER with the text of MESSAGE. Both can be used and freed, in any order and each for itself,
 * whatever happens to the other. Returns NULL when there is not enough memory. Keeps: as message_new.
 */
struct message *message_forward(const struct message *message, const char *receiver);

const char *message_receiver(const struct message *message);
const char *message_text(const struct message *message);
void message_free(struct message *message);

/* ---- Patient 6: scores.c, how often each score was reached ---- */

/*
 * Counts for the scores 0 to HIGHEST, which is from 0 to MOST_SCORE: none has been reached yet. Returns NULL when there
 * is not enough memory. Keeps: HIGHEST + 1 numbers of type size_t.
 */
enum { MOST_SCORE = 1000 };
struct scores *scores_new(int highest);

/* Counts one more SCORE. False, and nothing else, if it is not from 0 to HIGHEST. */
bool scores_add(struct scores *scores, int score);

/* How often SCORE was reached. 0 if it is not from 0 to HIGHEST. */
size_t scores_count(const struct scores *scores, int score);

/* The score that was reached most often; if there are several such, the lowest. -1 if none was reached yet. */
int scores_commonest(const struct scores *scores);

void scores_free(struct scores *scores);

/* ---- Patient 7: note.c, a note that can be written anew ---- */

/* A note with a copy of TEXT, of any length. Returns NULL when there is not enough memory. Keeps: the text. */
struct note *note_new(const char *text);

/* The text as it is now. The pointer is valid until the next note_set or note_free. */
const char *note_text(const struct note *note);

/*
 * Makes the note hold a copy of TEXT. TEXT may be the note's own, or a part of it: note_set(note, note_text(note) + 2)
 * takes off the first two characters. Returns false when there is not enough memory.
 */
bool note_set(struct note *note, const char *text);

void note_free(struct note *note);

/* ---- Patient 8: readings.c, an array that grows ---- */

/*
 * No readings yet. Returns NULL when there is not enough memory. Keeps: twice as many ints as there are readings, but
 * at least FIRST_ROOM of them.
 */
enum { FIRST_ROOM = 4 };
struct readings *readings_new(void);

/* Adds VALUE behind the others. There may be any number of them. False when there is not enough memory. */
bool readings_add(struct readings *readings, int value);

size_t readings_count(const struct readings *readings);

/* The reading at INDEX, which is below the count; the first one is at 0. */
int readings_at(const struct readings *readings, size_t index);

void readings_free(struct readings *readings);

#endif
