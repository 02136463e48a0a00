// SPDX-License-Identifier: MIT
/*
 * cases.c - lab 03: eight small programs, one for each patient. Do not hand this file in.
 *
 *     make run CASE=4         runs the program of patient 4
 *     make valgrind CASE=4    runs it under valgrind
 *     make gdb CASE=4         stops it in gdb, at the first function of the patient
 *
 * There is no error in this file. It uses the patients as clinic.h allows, so if something goes
 * wrong here, look for the cause in the patient. To keep the programs short, they do not check
 * results for NULL: they need very little memory.
 */
#include "clinic.h"

#include <stdio.h>
#include <stdlib.h>

static void print_words(void)
{
    struct words *words = words_split("to be or not to be");
    for (size_t i = 0; i < words_count(words); i++)
        printf("word %zu: %s\n", i, words_at(words, i));
    words_free(words);
}

static void play_songs(void)
{
    struct playlist *playlist = playlist_new();
    playlist_add(playlist, "Blackbird");
    playlist_add(playlist, "Yesterday");
    playlist_add(playlist, "Hey Jude");
    printf("playing %s\n", playlist_title(playlist, 0));
    playlist_skip(playlist);
    printf("playing %s\n", playlist_title(playlist, 0));
    playlist_free(playlist);
}

static void palindromes(void)
{
    static const char *const texts[] = {"ab", "Anna", "lemon"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        printf("%s: %s\n", texts[i], palindrome(texts[i]) ? "yes" : "no");
}

/* A waiting room with six chairs, and another one next door. */
static void see_patients(void)
{
    enum { CHAIRS = 6, COMING = 9 };
    struct ring *room = ring_new(CHAIRS);
    struct ring *next_door = ring_new(CHAIRS);
    for (int number = 1; number <= COMING; number++) {
        int called;
        ring_push(room, number);
        if (number > 2 && ring_pop(room, &called))
            printf("number %d, please\n", called);
    }
    puts("The doctor goes home.");
    ring_free(room);
    ring_free(next_door);
}

static void forward_mail(void)
{
    struct message *message = message_new("Ada", "Lunch?");
    struct message *forward = message_forward(message, "Grace");
    printf("to %s: %s\n", message_receiver(message), message_text(message));
    printf("to %s: %s\n", message_receiver(forward), message_text(forward));
    message_free(message);
    message_free(forward);
}

static void grade_class(const char *name, int first, int second)
{
    enum { HIGHEST = 6 };
    struct scores *scores = scores_new(HIGHEST);
    scores_add(scores, first);
    scores_add(scores, second);
    printf("class %s\n", name);
    for (int score = 0; score <= HIGHEST; score++)
        if (scores_count(scores, score) > 0)
            printf("  score %d: %zu\n", score, scores_count(scores, score));
    scores_free(scores);
}

static void grade_classes(void)
{
    grade_class("A", 4, 4);
    grade_class("B", 6, 5);
}

static void shorten_note(void)
{
    struct note *note = note_new("- buy milk");
    printf("[%s]\n", note_text(note));
    note_set(note, note_text(note) + 2);
    printf("[%s]\n", note_text(note));
    note_free(note);
}

static void print_readings(const char *name, const struct readings *readings)
{
    printf("%s:", name);
    for (size_t i = 0; i < readings_count(readings); i++)
        printf(" %d", readings_at(readings, i));
    putchar('\n');
}

static void read_sensors(void)
{
    enum { TIMES = 6 };
    struct readings *indoors = readings_new();
    struct readings *outdoors = readings_new();
    for (int i = 0; i < TIMES; i++) {
        readings_add(indoors, 20 + i);
        readings_add(outdoors, -i);
    }
    print_readings("indoors", indoors);
    print_readings("outdoors", outdoors);
    readings_free(indoors);
    readings_free(outdoors);
}

int main(int argc, char **argv)
{
    static void (*const cases[])(void) = {print_words,  play_songs,    palindromes,  see_patients,
                                          forward_mail, grade_classes, shorten_note, read_sensors};
    size_t count = sizeof cases / sizeof *cases;
    unsigned long number = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    if (number < 1 || number > count) {
        fprintf(stderr, "usage: cases N, where N is a patient's number, from 1 to %zu\n", count);
        return EXIT_FAILURE;
    }
    setvbuf(stdout, NULL, _IONBF, 0); /* so that an abort loses no output */
    cases[number - 1]();
    return EXIT_SUCCESS;
}
