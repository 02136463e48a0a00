// SPDX-License-Identifier: MIT
/*
 * unpack.c - from an archive to a folder (unpack.h).
 */
#include "class/unpack/unpack.h"
#include "class/unpack/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MIB = 1 << 20,
    FILE_BYTES = 16 * MIB, /* the longest file that is written */
    MOST_LEVELS = 16,
    NAME_BYTES = 255,
    SUSPICIOUS_BYTES = 16 * MIB, /* growth counts from this size on */
    MOST_GROWTH = 200,           /* source code grows tenfold */
    CPU_SECONDS = 10,
    CLASS_CPU_SECONDS = 1200,
    CLASS_ENTRIES = 2000000,
};

bool unpack_is_archive(const char *name)
{
    static const char *const endings[] = {".zip",     ".tar",  ".tar.gz",  ".tgz", ".tar.xz", ".txz",
                                          ".tar.bz2", ".tbz2", ".tar.zst", ".7z",  ".rar"};
    g_autofree char *lower = g_ascii_strdown(name, -1);
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(lower, endings[i]))
            return true;
    return false;
}

/* An archive being unpacked. */
struct unpacking {
    const char *to;
    guint64 archive_bytes;
    struct unpack_budget *budget; /* for the current entry */
    GHashTable *budgets;          /* in a class: from the first name after PREFIX to its budget; NULL otherwise */
    char *prefix;                 /* in a class: the folders around all entries, with a slash at the end; or "" */
    unpack_wanted wanted;         /* NULL: everything is */
    unpack_note note;
    gpointer data;
    int file; /* the file being written; -1 for none */
    guint64 file_bytes;
    char *path;    /* of the current entry */
    char *problem; /* why unpacking has to stop */
};

static void note_problem(struct unpacking *unpacking, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Notes a sentence about the current entry. */
static void note_problem(struct unpacking *unpacking, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *rest = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *path = text_clean(unpacking->path, strlen(unpacking->path));
    g_autofree char *shown = g_utf8_strlen(path, -1) > 80 ? g_utf8_substring(path, 0, 80) : g_strdup(path);
    g_autofree char *sentence = g_strdup_printf("%s%s %s", shown, strcmp(shown, path) == 0 ? "" : "...", rest);
    unpacking->note(unpacking->path, sentence, unpacking->data);
}

/* --- limits --- */

static void charge(struct unpacking *unpacking, guint64 bytes, guint entries)
{
    struct unpack_budget *budget = unpacking->budget;
    if (budget->entries < entries)
        unpacking->problem = g_strdup_printf("the archive holds more than %u entries", UNPACK_SUBMISSION.entries);
    else if (budget->bytes < bytes)
        unpacking->problem =
            g_strdup_printf("the archive unpacks to more than %u MB", (guint)(UNPACK_SUBMISSION.bytes / MIB));
    else if (budget->seen > SUSPICIOUS_BYTES && budget->seen / MOST_GROWTH > unpacking->archive_bytes)
        unpacking->problem = g_strdup_printf("the archive grows to more than %d times its size", MOST_GROWTH);
    if (unpacking->problem)
        return;
    budget->entries -= entries;
    budget->bytes -= bytes;
}

/* --- paths --- */

static const char *path_mistake(const char *path)
{
    if (path[0] == '/')
        return "was left out: its path starts at the root of the system";
    g_auto(GStrv) names = g_strsplit(path, "/", -1);
    guint levels = g_strv_length(names);
    if (levels > MOST_LEVELS)
        return "was left out: it lies in too many folders";
    for (guint i = 0; i < levels; i++) {
        if (strcmp(names[i], "..") == 0)
            return "was left out: its path leads out of the archive";
        if (strlen(names[i]) > NAME_BYTES)
            return "was left out: its name is too long";
    }
    return NULL;
}

/* --- making files --- */

static void end_file(struct unpacking *unpacking)
{
    if (unpacking->file >= 0)
        close(unpacking->file);
    unpacking->file = -1;
    unpacking->file_bytes = 0;
}

/* Half a file is worse than none. */
static void drop_file(struct unpacking *unpacking)
{
    g_autofree char *path = g_build_filename(unpacking->to, unpacking->path, NULL);
    if (unpacking->file >= 0)
        unlink(path);
    end_file(unpacking);
}

static void begin_file(struct unpacking *unpacking)
{
    g_autofree char *path = g_build_filename(unpacking->to, unpacking->path, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_mkdir_with_parents(folder, 0755) == 0)
        unpacking->file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (unpacking->file < 0 && files_machine_error(errno))
        die_fault("cannot write %s: %s", path, g_strerror(errno));
    if (unpacking->file < 0 && errno == EEXIST)
        note_problem(unpacking, "appears twice; only the first one is used");
    else if (unpacking->file < 0)
        note_problem(unpacking, "was left out: %s", g_strerror(errno));
}

static void make_folder(struct unpacking *unpacking)
{
    g_autofree char *path = g_build_filename(unpacking->to, unpacking->path, NULL);
    if (g_mkdir_with_parents(path, 0755) == 0)
        return;
    if (files_machine_error(errno))
        die_fault("cannot make %s: %s", path, g_strerror(errno));
    note_problem(unpacking, "was left out: %s", g_strerror(errno));
}

static void add_bytes(struct unpacking *unpacking, const char *bytes, size_t n)
{
    unpacking->budget->seen += n;
    charge(unpacking, unpacking->file < 0 ? 0 : n, 0);
    if (unpacking->problem || unpacking->file < 0)
        return;
    unpacking->file_bytes += n;
    if (unpacking->file_bytes > FILE_BYTES) {
        note_problem(unpacking, "was left out: it is longer than %d MB", FILE_BYTES / MIB);
        drop_file(unpacking);
        return;
    }
    if (write(unpacking->file, bytes, n) != (ssize_t)n)
        die_fault("cannot write what was unpacked: %s", g_strerror(errno));
}

/* --- records --- */

/* In a class, each submission has its own budget. */
static void choose_budget(struct unpacking *unpacking)
{
    if (!unpacking->budgets)
        return;
    const char *rest = unpacking->path;
    if (g_str_has_prefix(rest, unpacking->prefix))
        rest += strlen(unpacking->prefix);
    char *name = g_strndup(rest, strcspn(rest, "/"));
    unpacking->budget = g_hash_table_lookup(unpacking->budgets, name);
    if (unpacking->budget) {
        g_free(name);
        return;
    }
    unpacking->budget = g_new(struct unpack_budget, 1);
    *unpacking->budget = UNPACK_SUBMISSION;
    g_hash_table_insert(unpacking->budgets, name, unpacking->budget);
}

static bool is_wanted(const struct unpacking *unpacking)
{
    g_autofree char *name = g_path_get_basename(unpacking->path);
    return !unpacking->wanted || unpacking->wanted(name, unpacking->data);
}

static void begin_entry(struct unpacking *unpacking, enum record_kind kind, const char *path)
{
    end_file(unpacking);
    g_free(unpacking->path);
    while (g_str_has_prefix(path, "./"))
        path += strlen("./");
    unpacking->path = g_strdup(path);
    choose_budget(unpacking);
    charge(unpacking, 0, 1);
    const char *mistake = path_mistake(path);
    if (unpacking->problem)
        return;
    if (kind == RECORD_LONG_NAME)
        note_problem(unpacking, "was left out: its name is too long");
    else if (mistake)
        note_problem(unpacking, "%s", mistake);
    else if (kind == RECORD_LINK)
        note_problem(unpacking, "was left out: it is a link, not a file");
    else if (kind == RECORD_DEVICE)
        note_problem(unpacking, "was left out: it is a device, not a file");
    else if (kind == RECORD_ENCRYPTED)
        note_problem(unpacking, "was left out: it is locked by a password");
    else if (is_wanted(unpacking) && kind == RECORD_FILE)
        begin_file(unpacking);
    else if (is_wanted(unpacking))
        make_folder(unpacking);
}

/* When a budget is used up, a submission's archive ends there; in a class's archive, only that submission ends. */
static void settle_problem(struct unpacking *unpacking)
{
    if (!unpacking->problem || !unpacking->budgets)
        return;
    unpacking->note(unpacking->path, unpacking->problem, unpacking->data);
    g_clear_pointer(&unpacking->problem, g_free);
    drop_file(unpacking);
}

/* False at the end. */
static bool take_record(struct unpacking *unpacking, const struct record *record, const char *bytes)
{
    switch (record->kind) {
    case RECORD_END:
        return false;
    case RECORD_FAILED: {
        g_autofree char *reason = text_clean(bytes, record->bytes);
        unpacking->problem = g_strdup_printf("the archive cannot be read: %s", reason);
        return false;
    }
    case RECORD_DATA:
        add_bytes(unpacking, bytes, record->bytes);
        break;
    default:
        begin_entry(unpacking, record->kind, bytes);
    }
    settle_problem(unpacking);
    return unpacking->problem == NULL;
}

static char *run(struct unpacking *unpacking, const char *archive, unsigned cpu_seconds)
{
    struct stat status;
    if (lstat(archive, &status) != 0 || !S_ISREG(status.st_mode))
        return g_strdup("the archive is not an ordinary file");
    unpacking->archive_bytes = (guint64)status.st_size;
    unpacking->file = -1;
    unpacking->path = g_strdup("");
    struct stream *stream = stream_open(archive, cpu_seconds, false);
    g_autofree char *bytes = g_malloc(RECORD_BYTES + 1);
    struct record record = {0};
    bool more = true;
    while (more) {
        if (!stream_next(stream, &record, bytes)) {
            unpacking->problem =
                g_strdup("the archive cannot be read: it takes more time or memory than allowed, or it is damaged");
            break;
        }
        more = take_record(unpacking, &record, bytes);
    }
    stream_close(stream);
    if (unpacking->problem)
        drop_file(unpacking);
    end_file(unpacking);
    g_free(unpacking->path);
    return unpacking->problem;
}

char *unpack(const char *archive, const char *to, struct unpack_budget *budget, unpack_wanted wanted, unpack_note note,
             gpointer data)
{
    struct unpacking unpacking = {.to = to, .budget = budget, .wanted = wanted, .note = note, .data = data};
    return run(&unpacking, archive, CPU_SECONDS);
}

/* --- a class --- */

static bool is_litter(const char *path)
{
    return g_str_has_prefix(path, "__MACOSX") || path[0] == '.';
}

/* Shortens PREFIX (NULL: not begun) to the folders that also contain PATH. */
static void shorten(GString **prefix, const char *path)
{
    if (!*prefix) {
        *prefix = g_string_new(path);
    } else {
        gsize same = 0;
        while (same < (*prefix)->len && path[same] == (*prefix)->str[same])
            same++;
        g_string_truncate(*prefix, same);
    }
    const char *slash = strrchr((*prefix)->str, '/');
    g_string_truncate(*prefix, slash ? (gsize)(slash + 1 - (*prefix)->str) : 0);
}

/* The folders that contain everything in ARCHIVE. */
static char *common_folders(const char *archive)
{
    struct stream *stream = stream_open(archive, CLASS_CPU_SECONDS, true);
    g_autofree char *bytes = g_malloc(RECORD_BYTES + 1);
    struct record record = {0};
    GString *prefix = NULL;
    guint entries = 0;
    while (stream_next(stream, &record, bytes) && record.kind != RECORD_END && record.kind != RECORD_FAILED &&
           entries++ < CLASS_ENTRIES) {
        const char *path = g_str_has_prefix(bytes, "./") ? bytes + strlen("./") : bytes;
        bool around = record.kind == RECORD_FOLDER; /* a folder may itself be one of those around all entries */
        if (!around && !is_litter(path) && !path_mistake(path))
            shorten(&prefix, path);
    }
    stream_close(stream);
    return prefix ? g_string_free(prefix, FALSE) : g_strdup("");
}

char *unpack_class(const char *archive, const char *to, unpack_note note, gpointer data)
{
    g_autofree char *prefix = common_folders(archive);
    g_autoptr(GHashTable) budgets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    struct unpacking unpacking = {.to = to, .budgets = budgets, .prefix = prefix, .note = note, .data = data};
    return run(&unpacking, archive, CLASS_CPU_SECONDS);
}
