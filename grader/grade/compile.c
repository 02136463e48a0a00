// SPDX-License-Identifier: MIT
/*
 * compile.c - which options a submission's sources are compiled with (grade.h); tools.c runs the compiler.
 */
#include "grade/grade.h"

/* Without -fno-pie the compiler adds shared helpers, which don't survive objcopy. */
#define FLAGS_32 " -m32 -fno-pie"
#define FLAGS_PLAIN "-g -fno-omit-frame-pointer -Wall -Wextra -fmax-errors=20 -pipe "

/* What differs from processor to processor. All functions have a frame, from which a crash tells who called whom, and
 * which instructions an atomic operation takes does not depend on the machine.
 * Where a call by a pointer goes is looked at, too, where gcc can do that (subject/branches.c). */
#ifdef __aarch64__
#define FLAGS_PROCESSOR " -mno-omit-leaf-frame-pointer -mno-outline-atomics"
#else
#define FLAGS_PROCESSOR ""
#endif
#ifdef __x86_64__
#define FLAGS_BRANCHES                                                                                                 \
    " -mindirect-branch=thunk-extern -mindirect-branch-register -fno-jump-tables -fcf-protection=none"                 \
    " -fpatchable-function-entry=1"
#else
#define FLAGS_BRANCHES ""
#endif

#define FLAGS_WATCHED " -fsanitize=thread -fsanitize=bounds" FLAGS_BRANCHES
#define FLAGS_COUNTED " -fprofile-arcs -ftest-coverage -fprofile-info-section=heaplab_counters"

/* As other courses compile it: GNU C. */
#define FLAGS_COUNTED_COST " -std=gnu11"

/* gcc's hooks must not take the counters for the code's own variables, which threads would race for. */
#define FLAGS_COUNTED_WATCHED " -fprofile-update=atomic"

static char *flags_of(const struct submission *submission, const struct wanted_program *wanted, const char *more)
{
    return g_strconcat(FLAGS_PLAIN, wanted->optimised ? "-O2" : "-O0", FLAGS_PROCESSOR,
                       submission->bits32 ? FLAGS_32 : "",
                       submission->measured || submission->forgives ? FLAGS_COUNTED_COST : "",
                       submission_is_watched(submission) ? FLAGS_WATCHED : "", wanted->coverage ? FLAGS_COUNTED : "",
                       wanted->coverage && submission_is_watched(submission) ? FLAGS_COUNTED_WATCHED : "",
                       wanted->output ? "" : " -w", submission->flags ? submission->flags : "", more, NULL);
}

int compile_objects(const struct submission *submission, const struct wanted_program *wanted, const char *more)
{
    g_auto(GStrv) list = submission_sources(submission);
    g_autofree char *sources = g_strjoinv(" ", list);
    g_autofree char *flags = flags_of(submission, wanted, more);
    return build_compile(submission, sources, flags, wanted->folder, wanted->output);
}

bool compile_accepts(const struct submission *submission, const char *output)
{
    const struct wanted_program wanted = {.folder = "obj", .output = output, .optimised = submission->measured};
    return compile_objects(submission, &wanted, "") == STEP_OK;
}

bool compile_expanded(const struct submission *submission, const char *file)
{
    const struct wanted_program wanted = {.folder = EXPANDED_FOLDER};
    g_autofree char *flags = flags_of(submission, &wanted, " -E");
    return build_compile(submission, file, flags, EXPANDED_FOLDER, NULL) == STEP_OK;
}
