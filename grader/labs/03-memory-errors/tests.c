// SPDX-License-Identifier: MIT
/*
 * tests.c - what lab 03 demands of its eight patients. Points and hints are in rubric.ini.
 *
 * Every patient has tests of three kinds:
 *
 *   NAME_is_well    meets the illness. It fails as long as the patient is ill, and all others of NAME need it.
 *   NAME_...        what a bad cure would spoil: a feature, memory given back, requests by need, refused memory.
 *   NAME_memcheck   a day in the life of the patient, watched by valgrind. All bytes that the patient reads
 *                   from its blocks were written by its own code.
 *
 * What is looked at stands in clinic.h. How many blocks a patient takes is its own business.
 */
#include "heaplab/test.h"

#include "clinic.h"

#include <stdio.h>

enum {
    LONG_TEXT = 5000,    /* letters; more than any array a student would call large enough */
    MOST_REQUESTS = 100, /* of one call, in any sensible design */
    TEXT_BYTES = LONG_TEXT + 2,
};

/*** What several patients share ***/

/* No request of this test so far was for more than KEPT bytes and what may be spared. */
static void expect_by_need(size_t kept, const char *what)
{
    char most[64], asked[64];
    snprintf(most, sizeof most, "requests of at most %zu bytes", kept + SPARE_BYTES);
    snprintf(asked, sizeof asked, "a request of %zu bytes", heap_largest_request());
    if (heap_largest_request() > kept + SPARE_BYTES)
        fail_compare(most, asked,
                     "memory should be asked for by need: to keep %s takes %zu bytes, and %d more may be spared", what,
                     kept, SPARE_BYTES);
}

/* A string of LENGTH times LETTER, as input. */
static char *put_letters(char letter, size_t length)
{
    char image[TEXT_BYTES] = "";
    memset(image, letter, length);
    tell("/* a text of %zu times '%c' */", length, letter);
    return put(image, length + 1, NULL, NULL);
}

/* Overwrites the string TEXT, an input. */
static void overwrite(char *text, const char *name)
{
    tell("memset(%s, '#', strlen(%s));", name, name);
    memset(text, '#', strlen(text));
}

/* A string that the test may overwrite later; NAME is what the story calls it. */
#define PUT_TEXT(name, text) char *name = put(text, sizeof text, #name, "char " #name "[] = \"" text "\";")

/* FOUND, a string that a patient keeps, reads EXPECTED. WHAT names it: "the text of b". */
static void expect_kept(const char *found, const char *expected, const char *what)
{
    enum { FREED_BYTE = 0xdd }; /* what the judge fills freed blocks with; see heaplab/heap.h */
    char wanted[TEXT_BYTES];
    snprintf(wanted, sizeof wanted, "\"%s\"", expected);
    struct heap_block block;
    bool known = heap_find(found, &block);
    if (known && !block.live)
        fail_compare(wanted, "a block that has been freed already", "%s should still be there", what);
    if (known && block.size > 0 && block.start[0] == FREED_BYTE)
        fail_compare(wanted, "what stands in a block after it has been freed",
                     "%s should be copied while it is still there", what);
    if (found)
        expect_readable(found, 1, "%s is used after the call has returned, so it should lie in a heap block", what);
    expect_string(found, expected, "%s should be \"%s\"", what, expected);
}

/*
 * Calls MAKE once for each request it makes, and refuses that request: the result must be NULL, and what was live
 * before must be all that is live afterwards. Ends when MAKE asks for no K-th block any more; returns its result then.
 */
static void *refuse_each(void *(*make)(void), const char *call)
{
    for (size_t k = 1; k <= MOST_REQUESTS; k++) {
        size_t live = heap_live_blocks();
        size_t requests = heap_requests();
        tell("/* the next call: request number %zu is refused */", k);
        heap_refuse(k);
        void *made = make();
        heap_refuse(0);
        if (heap_requests() - requests < k)
            return made;
        expect_null(made, "%s should return NULL when its request number %zu is refused", call, k);
        expect_size(heap_live_blocks(), live,
                    "%s could not be finished, so what it had already allocated should be given back", call);
    }
    fail("%s should not need more than %d requests", call, MOST_REQUESTS);
}

/*** 1. tokenizer.c ***/

static void expect_words(const struct words *words, const char *const *expected, size_t count)
{
    expect_pointer_set(words, "words_split should succeed: there is memory enough");
    expect_size(words_count(words), count, "words_split should find every word of the text, and no more");
    for (size_t i = 0; i < count; i++) {
        char what[64];
        snprintf(what, sizeof what, "the word at index %zu", i);
        expect_kept(words_at(words, i), expected[i], what);
    }
    expect_null(words_at(words, count), "there are %zu words, so there is none at index %zu", count, count);
}

#define EXPECT_WORDS(words, ...)                                                                                       \
    do {                                                                                                               \
        static const char *const expected[] = {__VA_ARGS__};                                                           \
        expect_words(words, expected, sizeof expected / sizeof *expected);                                             \
    } while (0)

START_TEST(tokenizer_is_well)
{
    EXPECT_WORDS(words_split(put_string("to be or not")), "to", "be", "or", "not");
}
END_TEST

START_TEST(tokenizer_copies_words)
{
    PUT_TEXT(first_text, "stack and heap");
    PUT_TEXT(second_text, "sun and moon");
    struct words *first = words_split(first_text);
    struct words *second = words_split(second_text);
    overwrite(first_text, "first_text");
    EXPECT_WORDS(first, "stack", "and", "heap");
    EXPECT_WORDS(second, "sun", "and", "moon");
    words_free(second);
    EXPECT_WORDS(first, "stack", "and", "heap");
}
END_TEST

START_TEST(tokenizer_splits_any_text)
{
    EXPECT_WORDS(words_split(put_string("  to\tbe\n\n or ")), "to", "be", "or");
    expect_words(words_split(put_string(" \n")), NULL, 0);
    struct words *words = words_split(put_letters('x', LONG_TEXT));
    expect_size(words_count(words), 1, "a text without a space is one word, however long");
    const char *word = words_at(words, 0);
    expect_fill(word, 'x', LONG_TEXT, "a long word should be complete");
    expect_string(word + LONG_TEXT, "", "a long word should end with a zero byte");

    char many[4 * MOST_WORDS + 1] = "";
    for (size_t i = 0; i < 2 * MOST_WORDS; i++)
        memcpy(many + 2 * i, "w ", 2);
    expect_size(words_count(words_split(put_string(many))), MOST_WORDS,
                "of a text with %d words the first %d should be kept", 2 * MOST_WORDS, MOST_WORDS);
}
END_TEST

START_TEST(tokenizer_asks_by_need)
{
    static const char text[] = "to be or not";
    struct words *words = words_split(put_string(text));
    expect_by_need(MOST_WORDS * sizeof(char *) + sizeof text, "all pointers and the text");
    words_free(words);
    expect_no_leak("words_free should give everything back");
}
END_TEST

static void *split_three(void)
{
    return words_split(put_string("stack and heap"));
}

START_TEST(tokenizer_bears_refusal)
{
    EXPECT_WORDS(refuse_each(split_three, "words_split"), "stack", "and", "heap");
}
END_TEST

START_TEST(tokenizer_memcheck)
{
    struct words *words = words_split(put_string("to be or not to be"));
    EXPECT_WORDS(words, "to", "be", "or", "not", "to", "be");
    struct words *none = words_split(put_string(""));
    words_free(words);
    words_free(none);
}
END_TEST

/*** 2. playlist.c ***/

static void add_song(struct playlist *playlist, const char *title)
{
    expect(playlist_add(playlist, title), "playlist_add should succeed: there is memory enough");
}

static struct playlist *new_playlist(void)
{
    struct playlist *playlist = playlist_new();
    expect_pointer_set(playlist, "playlist_new should succeed: there is memory enough");
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
    expect_no_leak("playlist_free should give everything back: nobody else can");
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
    expect_size(heap_live_blocks(), with_one, "after the skip, the list should take as many blocks as with one song");
    expect(playlist_skip(playlist), "playlist_skip should remove the only song");
    expect_size(heap_live_blocks(), empty, "after the skip, the list should take as many blocks as an empty one");
    playlist_free(playlist);
}
END_TEST

START_TEST(playlist_keeps_titles)
{
    PUT_TEXT(title, "Blackbird");
    struct playlist *playlist = new_playlist();
    struct playlist *other = new_playlist();
    add_song(playlist, title);
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
}
END_TEST

START_TEST(playlist_plays_in_order)
{
    struct playlist *playlist = new_playlist();
    expect(!playlist_skip(playlist), "there is no song yet that could be skipped");
    expect_null(playlist_title(playlist, 0), "there is no song yet");
    add_song(playlist, put_string("Blackbird"));
    add_song(playlist, put_string("Yesterday"));
    add_song(playlist, put_string("Hey Jude"));
    expect_title(playlist, 0, "Blackbird");
    expect_title(playlist, 2, "Hey Jude");
    expect_null(playlist_title(playlist, 3), "there are three songs, so there is none at position 3");
    expect(playlist_skip(playlist), "playlist_skip should remove the first of three songs");
    expect_title(playlist, 0, "Yesterday");
    expect_title(playlist, 1, "Hey Jude");
    expect(playlist_skip(playlist) && playlist_skip(playlist), "playlist_skip should remove the other two");
    expect(!playlist_skip(playlist), "all songs have been skipped");
    add_song(playlist, put_string("Michelle"));
    expect_title(playlist, 0, "Michelle");
    playlist_free(NULL);
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

/*** 3. palindrome.c ***/

static void expect_answer(const char *text, int answer)
{
    expect_int(palindrome(put_string(text)), answer, "\"%s\" %s", text,
               answer ? "reads the same from both ends" : "does not read the same from both ends");
}

START_TEST(palindrome_is_well)
{
    expect_answer("Anna", 1);
    expect_answer("level", 1);
    expect_answer("lemon", 0);
    expect_answer("anybody", 0);
    expect_answer("Andrea", 0);
}
END_TEST

START_TEST(palindrome_leaves_nothing)
{
    expect_answer("Anna", 1);
    expect_no_leak("palindrome needs its block only until it returns");
    expect_answer("lemon", 0);
    expect_no_leak("palindrome needs its block only until it returns, whatever the answer");
}
END_TEST

START_TEST(palindrome_reads_any_text)
{
    expect_answer("", 1);
    expect_answer("a", 1);
    expect_answer("ab", 0);
    expect_answer("Step on no pets!", 1);
    expect_answer("Step on no cats!", 0);
    expect_answer("No lemon, no melon", 1);
    expect_answer(" - 1 - ", 1);
    expect_answer("a1b2a", 1);
    char *text = put_letters('a', LONG_TEXT);
    expect_int(palindrome(text), 1, "a long text of one and the same letter reads the same from both ends");
    tell("/* its last letter but one is changed to b */");
    text[LONG_TEXT - 2] = 'b';
    expect_int(palindrome(text), 0, "in a long text, too, the last letter but one is compared with the second");
    expect_by_need(LONG_TEXT, "the text");
}
END_TEST

START_TEST(palindrome_bears_refusal)
{
    PUT_TEXT(text, "level");
    size_t requests = heap_requests();
    tell("/* the next request is refused */");
    heap_refuse(1);
    int answer = palindrome(text);
    bool refused = heap_requests() > requests; /* a cure without any heap is fine */
    heap_refuse(0);
    expect_int(answer, refused ? -1 : 1, "palindrome should %s",
               refused ? "return -1 when its request is refused" : "find that \"level\" is one");
    expect_int(palindrome(text), 1, "once there is memory again, palindrome should find that \"level\" is one");
    expect_no_leak("palindrome should leave nothing behind");
}
END_TEST

START_TEST(palindrome_memcheck)
{
    expect_answer("No lemon, no melon", 1);
    expect_answer("Step on no cats!", 0);
    expect_answer("", 1);
}
END_TEST

/*** 4. ring.c ***/

static struct ring *new_ring(size_t capacity)
{
    struct ring *ring = ring_new(capacity);
    expect_pointer_set(ring, "ring_new should succeed: there is memory enough");
    return ring;
}

/* Puts in COUNT items: FIRST, FIRST + 1 and so on. */
static void push_items(struct ring *ring, int first, int count)
{
    for (int i = 0; i < count; i++)
        expect(ring_push(ring, first + i), "the ring should take item %d: it has room for it", first + i);
}

static void pop_items(struct ring *ring, int first, int count)
{
    int *item = put(NULL, sizeof *item, "&item", NULL);
    for (int i = 0; i < count; i++) {
        expect(ring_pop(ring, item), "item %d has been put in and not yet taken out", first + i);
        expect_int(*item, first + i, "items should come out in the order in which they were put in");
    }
}

START_TEST(ring_is_well)
{
    enum { CAPACITY = 6 };
    struct ring *ring = new_ring(CAPACITY);
    push_items(ring, 1, CAPACITY);
    pop_items(ring, 1, CAPACITY);
    push_items(ring, 11, CAPACITY);
    pop_items(ring, 11, CAPACITY);
    ring_free(ring);
    expect_no_leak("ring_free should give everything back");
}
END_TEST

START_TEST(ring_refuses_when_full)
{
    enum { CAPACITY = 4 };
    int *item = put(NULL, sizeof *item, "&item", NULL);
    struct ring *ring = new_ring(CAPACITY);
    expect(!ring_pop(ring, item), "a new ring is empty");
    push_items(ring, 1, CAPACITY);
    expect(!ring_push(ring, 99), "a ring for %d items should not take one more", CAPACITY);
    pop_items(ring, 1, 1);
    push_items(ring, CAPACITY + 1, 1);
    expect(!ring_push(ring, 99), "a ring for %d items should not take one more", CAPACITY);
    pop_items(ring, 2, CAPACITY);
    expect(!ring_pop(ring, item), "all items have been taken out");
    ring_free(ring);

    ring = new_ring(1);
    push_items(ring, 7, 1);
    expect(!ring_push(ring, 99), "a ring for 1 item should not take one more");
    pop_items(ring, 7, 1);
    ring_free(ring);
    ring_free(NULL);
}
END_TEST

START_TEST(ring_goes_round)
{
    enum { CAPACITY = 3, ROUNDS = 10 };
    struct ring *ring = new_ring(CAPACITY);
    struct ring *other = new_ring(CAPACITY);
    push_items(other, 500, CAPACITY);
    for (int round = 0; round < ROUNDS; round++) {
        push_items(ring, 10 * round, 2);
        pop_items(ring, 10 * round, 2);
    }
    pop_items(other, 500, CAPACITY);
    ring_free(ring);
    ring_free(other);
    expect_no_leak("ring_free should give everything back");
}
END_TEST

START_TEST(ring_asks_by_need)
{
    ring_free(new_ring(6));
    expect_by_need(6 * sizeof(int), "6 items");
    struct ring *ring = new_ring(MOST_ITEMS);
    expect_by_need(MOST_ITEMS * sizeof(int), "1000 items");
    story_quiet();
    push_items(ring, 0, MOST_ITEMS);
    pop_items(ring, 0, MOST_ITEMS);
    story_aloud();
    ring_free(ring);
}
END_TEST

START_TEST(ring_memcheck)
{
    enum { CAPACITY = 5 };
    struct ring *ring = new_ring(CAPACITY);
    push_items(ring, 1, CAPACITY);
    pop_items(ring, 1, 2);
    push_items(ring, CAPACITY + 1, 2);
    pop_items(ring, 3, CAPACITY);
    ring_free(ring);
}
END_TEST

/*** 5. message.c ***/

static struct message *new_message(const char *receiver, const char *text)
{
    struct message *message = message_new(put_string(receiver), put_string(text));
    expect_pointer_set(message, "message_new should succeed: there is memory enough");
    return message;
}

static struct message *forward_to(const struct message *message, const char *receiver)
{
    struct message *forward = message_forward(message, put_string(receiver));
    expect_pointer_set(forward, "message_forward should succeed: there is memory enough");
    return forward;
}

static void expect_message(const struct message *message, const char *receiver, const char *text)
{
    char what[64];
    snprintf(what, sizeof what, "the receiver of %s", name_of(message));
    expect_kept(message_receiver(message), receiver, what);
    snprintf(what, sizeof what, "the text of %s", name_of(message));
    expect_kept(message_text(message), text, what);
}

START_TEST(message_is_well)
{
    struct message *message = new_message("Ada", "Lunch?");
    struct message *forward = forward_to(message, "Grace");
    expect_message(forward, "Grace", "Lunch?");
    expect_message(message, "Ada", "Lunch?");
    message_free(forward);
    message_free(message);
}
END_TEST

START_TEST(message_forwards_are_apart)
{
    struct message *message = new_message("Ada", "Lunch?");
    struct message *first = forward_to(message, "Grace");
    struct message *other = forward_to(new_message("Alan", "Tea at four"), "Barbara");
    struct message *second = forward_to(first, "Edsger");
    message_free(message);
    expect_message(first, "Grace", "Lunch?");
    expect_message(other, "Barbara", "Tea at four");
    message_free(first);
    expect_message(second, "Edsger", "Lunch?");
    PUT_TEXT(receiver, "Donald");
    struct message *third = message_forward(second, receiver);
    expect_pointer_set(third, "message_forward should succeed: there is memory enough");
    overwrite(receiver, "receiver");
    expect_message(third, "Donald", "Lunch?");
}
END_TEST

START_TEST(message_given_back)
{
    struct message *message = new_message("Ada", "Lunch?");
    struct message *forward = forward_to(message, "Grace");
    message_free(message);
    message_free(forward);
    expect_no_leak("message_free should give back everything that belongs to a message");
    message_free(NULL);
    message_free(new_message("Ada", "Lunch?"));
    expect_no_leak("message_free should give back everything that belongs to a message");
}
END_TEST

/* The original that forward_again forwards. */
static struct message *original;

static void *forward_again(void)
{
    return message_forward(original, put_string("Grace"));
}

START_TEST(message_bears_refusal)
{
    original = new_message("Ada", "Lunch?");
    struct message *forward = refuse_each(forward_again, "message_forward");
    expect_message(original, "Ada", "Lunch?");
    expect_message(forward, "Grace", "Lunch?");
    message_free(original);
    message_free(forward);
    expect_no_leak("message_free should give back everything that belongs to a message");
}
END_TEST

START_TEST(message_memcheck)
{
    struct message *message = new_message("Ada", "Lunch?");
    struct message *forward = forward_to(message, "Grace");
    message_free(message);
    struct message *again = forward_to(forward, "Edsger");
    expect_message(again, "Edsger", "Lunch?");
    message_free(forward);
    message_free(again);
}
END_TEST

/*** 6. scores.c ***/

static struct scores *new_scores(int highest)
{
    struct scores *scores = scores_new(highest);
    expect_pointer_set(scores, "scores_new should succeed: there is memory enough");
    return scores;
}

static void add_score(struct scores *scores, int score)
{
    expect(scores_add(scores, score), "scores_add should count the score %d", score);
}

static void expect_no_scores(const struct scores *scores, int highest)
{
    for (int score = 0; score <= highest; score++)
        expect_size(scores_count(scores, score), 0,
                    "nobody has reached %d yet, so its count should be 0; what was never written is junk", score);
    expect_int(scores_commonest(scores), -1, "no score was reached yet, so none is the commonest");
}

START_TEST(scores_is_well)
{
    enum { HIGHEST = 6 };
    struct scores *scores = new_scores(HIGHEST);
    expect_no_scores(scores, HIGHEST);
    add_score(scores, 5);
    expect_size(scores_count(scores, 5), 1, "the score 5 was reached once");
    scores_free(scores);
    expect_no_leak("scores_free should give everything back");
}
END_TEST

START_TEST(scores_counts_right)
{
    enum { HIGHEST = 15 };
    struct scores *scores = new_scores(HIGHEST);
    add_score(scores, HIGHEST);
    expect_int(scores_commonest(scores), HIGHEST, "only the score %d was reached", HIGHEST);
    add_score(scores, 0);
    expect_int(scores_commonest(scores), 0, "of two scores reached equally often the lower one is wanted");
    add_score(scores, 7);
    add_score(scores, 7);
    expect_int(scores_commonest(scores), 7, "the score 7 was reached twice, all others once or never");
    expect_size(scores_count(scores, 7), 2, "the score 7 was reached twice");
    expect_size(scores_count(scores, HIGHEST), 1, "the score %d was reached once", HIGHEST);
    expect(!scores_add(scores, -1), "-1 is no score");
    expect(!scores_add(scores, HIGHEST + 1), "%d is above the highest score", HIGHEST + 1);
    expect_size(scores_count(scores, -1), 0, "-1 is no score, so its count is 0");
    expect_size(scores_count(scores, HIGHEST + 1), 0, "%d is no score, so its count is 0", HIGHEST + 1);
    scores_free(scores);
    scores_free(NULL);
}
END_TEST

START_TEST(scores_are_apart)
{
    enum { HIGHEST = 3 };
    struct scores *first = new_scores(HIGHEST);
    struct scores *second = new_scores(HIGHEST);
    add_score(first, 2);
    expect_no_scores(second, HIGHEST);
    scores_free(first);
    struct scores *third = new_scores(HIGHEST);
    expect_no_scores(third, HIGHEST);
    scores_free(second);
    scores_free(third);
    expect_no_leak("scores_free should give everything back");
}
END_TEST

START_TEST(scores_ask_by_need)
{
    scores_free(new_scores(0));
    expect_by_need(sizeof(size_t), "1 count");
    scores_free(new_scores(6));
    expect_by_need(7 * sizeof(size_t), "7 counts");
    struct scores *scores = new_scores(MOST_SCORE);
    expect_by_need((MOST_SCORE + 1) * sizeof(size_t), "1001 counts");
    story_quiet();
    expect_no_scores(scores, MOST_SCORE);
    story_aloud();
    scores_free(scores);
}
END_TEST

START_TEST(scores_memcheck)
{
    enum { HIGHEST = 6 };
    struct scores *scores = new_scores(HIGHEST);
    add_score(scores, 4);
    add_score(scores, 4);
    expect_int(scores_commonest(scores), 4, "only the score 4 was reached");
    expect_size(scores_count(scores, HIGHEST), 0, "nobody has reached %d yet, so its count should be 0", HIGHEST);
    scores_free(scores);
}
END_TEST

/*** 7. note.c ***/

static struct note *new_note(const char *text)
{
    struct note *note = note_new(put_string(text));
    expect_pointer_set(note, "note_new should succeed: there is memory enough");
    return note;
}

static const char *expect_note(const struct note *note, const char *text)
{
    const char *found = note_text(note);
    expect_kept(found, text, "the text of the note");
    return found;
}

static void write_note(struct note *note, const char *text)
{
    expect(note_set(note, text), "note_set should succeed: there is memory enough");
}

START_TEST(note_is_well)
{
    struct note *note = new_note("- buy milk");
    write_note(note, expect_note(note, "- buy milk") + 2);
    expect_note(note, "buy milk");
}
END_TEST

START_TEST(note_takes_any_text)
{
    struct note *note = new_note("buy milk");
    struct note *other = new_note("call home");
    PUT_TEXT(text, "buy milk and bread, a lot of bread");
    write_note(note, text);
    overwrite(text, "text");
    expect_note(note, "buy milk and bread, a lot of bread");
    write_note(note, expect_note(note, "buy milk and bread, a lot of bread"));
    write_note(note, expect_note(note, "buy milk and bread, a lot of bread") + strlen("buy milk and bread, "));
    write_note(note, expect_note(note, "a lot of bread"));
    expect_note(note, "a lot of bread");
    write_note(note, note_text(other));
    write_note(other, put_string(""));
    expect_note(note, "call home");
    expect_note(other, "");
    note_free(other);
    write_note(note, put_letters('x', LONG_TEXT));
    const char *long_text = note_text(note);
    expect_fill(long_text, 'x', LONG_TEXT, "a long text should be complete");
    expect_string(long_text + LONG_TEXT, "", "a long text should end with a zero byte");
    expect_by_need(LONG_TEXT, "the text");
}
END_TEST

START_TEST(note_given_back)
{
    struct note *note = new_note("- buy milk");
    write_note(note, put_string("call home"));
    write_note(note, expect_note(note, "call home") + 5);
    expect_note(note, "home");
    note_free(note);
    expect_no_leak("note_free should leave nothing allocated, old texts included");
    note_free(NULL);
}
END_TEST

START_TEST(note_bears_refusal)
{
    struct note *note = new_note("buy milk");
    char *text = put_string("a text that needs more room than the old one");
    size_t requests = heap_requests();
    tell("/* the next request is refused */");
    heap_refuse(1);
    bool written = note_set(note, text);
    bool refused = heap_requests() > requests;
    heap_refuse(0);
    expect(written == !refused, "note_set should return false if, and only if, a request was refused");
    if (refused)
        expect_string(note_text(note), "buy milk",
                      "there was no memory for a new text, so the old one should still be there");
    write_note(note, text);
    expect_note(note, text);
    note_free(note);
    expect_no_leak("note_free should give everything back");
}
END_TEST

START_TEST(note_memcheck)
{
    struct note *note = new_note("- buy milk");
    write_note(note, expect_note(note, "- buy milk") + 2);
    write_note(note, expect_note(note, "buy milk"));
    write_note(note, put_string("call home"));
    expect_note(note, "call home");
    note_free(note);
}
END_TEST

/*** 8. readings.c ***/

enum { STEP = 3 }; /* the reading at INDEX is INDEX * STEP + 1 */

static struct readings *new_readings(void)
{
    struct readings *readings = readings_new();
    expect_pointer_set(readings, "readings_new should succeed: there is memory enough");
    return readings;
}

/* Adds the readings at START to END - 1. */
static void add_readings(struct readings *readings, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        expect(readings_add(readings, (int)i * STEP + 1), "readings_add should take reading number %zu", i + 1);
}

static void expect_readings(const struct readings *readings, size_t count)
{
    expect_size(readings_count(readings), count, "every reading should be counted");
    for (size_t i = 0; i < count; i++)
        expect_int(readings_at(readings, i), (int)i * STEP + 1, "the reading at index %zu should be as it was added",
                   i);
}

START_TEST(readings_is_well)
{
    enum { COUNT = FIRST_ROOM + 2 };
    struct readings *readings = new_readings();
    add_readings(readings, 0, COUNT);
    expect_readings(readings, COUNT);
    readings_free(readings);
}
END_TEST

START_TEST(readings_take_many)
{
    enum { COUNT = 300, MORE = 600 };
    struct readings *readings = new_readings();
    struct readings *other = new_readings();
    story_quiet();
    add_readings(readings, 0, COUNT);
    add_readings(other, 0, FIRST_ROOM + 1);
    add_readings(readings, COUNT, MORE);
    expect_readings(readings, MORE);
    expect_readings(other, FIRST_ROOM + 1);
    story_aloud();
    readings_free(other);
    readings_free(readings);
    readings_free(NULL);
}
END_TEST

START_TEST(readings_given_back)
{
    struct readings *readings = new_readings();
    add_readings(readings, 0, 3 * FIRST_ROOM);
    readings_free(readings);
    expect_no_leak("readings_free should leave nothing allocated, blocks that have become too small included");
}
END_TEST

START_TEST(readings_ask_by_need)
{
    enum { COUNT = 2 * FIRST_ROOM + 1 };
    struct readings *readings = new_readings();
    expect_by_need(FIRST_ROOM * sizeof(int), "the first 4 readings");
    for (size_t count = 1; count <= COUNT; count++) {
        char what[64];
        size_t room = 2 * count > FIRST_ROOM ? 2 * count : FIRST_ROOM;
        snprintf(what, sizeof what, "%zu of them (there are %zu)", room, count);
        add_readings(readings, count - 1, count);
        expect_by_need(room * sizeof(int), what);
    }
    expect_readings(readings, COUNT);
}
END_TEST

START_TEST(readings_bear_refusal)
{
    enum { MOST = 1000 };
    struct readings *readings = new_readings();
    size_t count = 0, requests = heap_requests();
    tell("/* the next request is refused, whenever it comes */");
    heap_refuse(1);
    for (bool added = true; added && heap_requests() == requests && count < MOST; count += added)
        added = readings_add(readings, (int)count * STEP + 1);
    expect(heap_requests() > requests, "readings should ask for more memory before %d have been added", MOST);
    tell("/* it came: the last call found no memory */");
    expect_readings(readings, count);
    add_readings(readings, count, count + 2);
    expect_readings(readings, count + 2);
    readings_free(readings);
    expect_no_leak("readings_free should give everything back");
}
END_TEST

START_TEST(readings_memcheck)
{
    enum { COUNT = 2 * FIRST_ROOM + 1 };
    struct readings *readings = new_readings();
    add_readings(readings, 0, COUNT);
    expect_readings(readings, COUNT);
    readings_free(readings);
}
END_TEST

void lab_suite(struct suite *suite)
{
    suite_add(suite, tokenizer_is_well);
    suite_add(suite, tokenizer_copies_words);
    suite_add(suite, tokenizer_splits_any_text);
    suite_add(suite, tokenizer_asks_by_need);
    suite_add(suite, tokenizer_bears_refusal);
    suite_add_memcheck(suite, tokenizer_memcheck);
    suite_add(suite, playlist_is_well);
    suite_add(suite, playlist_skip_gives_back);
    suite_add(suite, playlist_keeps_titles);
    suite_add(suite, playlist_plays_in_order);
    suite_add_memcheck(suite, playlist_memcheck);
    suite_add(suite, palindrome_is_well);
    suite_add(suite, palindrome_leaves_nothing);
    suite_add(suite, palindrome_reads_any_text);
    suite_add(suite, palindrome_bears_refusal);
    suite_add_memcheck(suite, palindrome_memcheck);
    suite_add(suite, ring_is_well);
    suite_add(suite, ring_refuses_when_full);
    suite_add(suite, ring_goes_round);
    suite_add(suite, ring_asks_by_need);
    suite_add_memcheck(suite, ring_memcheck);
    suite_add(suite, message_is_well);
    suite_add(suite, message_forwards_are_apart);
    suite_add(suite, message_given_back);
    suite_add(suite, message_bears_refusal);
    suite_add_memcheck(suite, message_memcheck);
    suite_add(suite, scores_is_well);
    suite_add(suite, scores_counts_right);
    suite_add(suite, scores_are_apart);
    suite_add(suite, scores_ask_by_need);
    suite_add_memcheck(suite, scores_memcheck);
    suite_add(suite, note_is_well);
    suite_add(suite, note_takes_any_text);
    suite_add(suite, note_given_back);
    suite_add(suite, note_bears_refusal);
    suite_add_memcheck(suite, note_memcheck);
    suite_add(suite, readings_is_well);
    suite_add(suite, readings_take_many);
    suite_add(suite, readings_given_back);
    suite_add(suite, readings_ask_by_need);
    suite_add(suite, readings_bear_refusal);
    suite_add_memcheck(suite, readings_memcheck);
}
