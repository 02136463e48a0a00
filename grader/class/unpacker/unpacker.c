// SPDX-License-Identifier: MIT
/*
 * unpacker.c - reads one archive and reports what is in it (records.h). The only part of the kit that parses archives.
 *
 *     unpacker [--list]      the archive on stdin (a file), the records on stdout; --list leaves the files' bytes out
 *
 * Students write archives, and an archive may exploit bugs in its parser. So this program locks itself down before it
 * reads the first byte: a filter allows it only to read and write what is already open, and to manage memory. It cannot
 * open a file. Its parent sets limits on time and memory (unpack.c).
 */
#include "class/unpacker/records.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXIT_FAULT = 2, BLOCK_BYTES = 64 << 10 };

static bool shut_away(void)
{
    static const int allowed[] = {
        SCMP_SYS(read),          SCMP_SYS(write),     SCMP_SYS(lseek), SCMP_SYS(fstat),        SCMP_SYS(mmap),
        SCMP_SYS(munmap),        SCMP_SYS(mremap),    SCMP_SYS(brk),   SCMP_SYS(madvise),      SCMP_SYS(exit_group),
        SCMP_SYS(exit),          SCMP_SYS(getrandom), SCMP_SYS(futex), SCMP_SYS(rt_sigreturn), SCMP_SYS(newfstatat),
        SCMP_SYS(clock_gettime), SCMP_SYS(getpid)};
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(1));
    bool ok = filter != NULL;
    for (size_t i = 0; ok && i < sizeof allowed / sizeof *allowed; i++)
        ok = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
    ok = ok && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return ok;
}

static void write_bytes(const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n > 0) {
        ssize_t written = write(STDOUT_FILENO, at, n);
        if (written <= 0)
            _exit(EXIT_FAULT); /* the reader is gone */
        at += written;
        n -= (size_t)written;
    }
}

static void send_record(enum record_kind kind, const void *bytes, size_t n)
{
    const struct record record = {.kind = kind, .bytes = (uint32_t)n};
    write_bytes(&record, sizeof record);
    write_bytes(bytes, n);
}

static enum record_kind kind_of(struct archive_entry *entry)
{
    if (archive_entry_is_encrypted(entry))
        return RECORD_ENCRYPTED;
    if (archive_entry_hardlink(entry))
        return RECORD_LINK;
    switch (archive_entry_filetype(entry)) {
    case AE_IFDIR:
        return RECORD_FOLDER;
    case AE_IFLNK:
        return RECORD_LINK;
    case AE_IFREG:
    case 0: /* formats without kinds contain only files */
        return RECORD_FILE;
    default:
        return RECORD_DEVICE;
    }
}

/* Returns ARCHIVE_OK, or the error that ended reading. */
static int tell_bytes(struct archive *archive)
{
    static char block[BLOCK_BYTES];
    for (;;) {
        la_ssize_t n = archive_read_data(archive, block, sizeof block);
        if (n == 0)
            return ARCHIVE_OK;
        if (n < 0)
            return (int)n;
        send_record(RECORD_DATA, block, (size_t)n);
    }
}

static int tell_entry(struct archive *archive, struct archive_entry *entry, bool list)
{
    const char *path = archive_entry_pathname(entry);
    if (!path)
        path = archive_entry_pathname_utf8(entry);
    if (!path)
        path = "(no name)";
    size_t n = strlen(path);
    enum record_kind kind = n >= PATH_BYTES ? RECORD_LONG_NAME : kind_of(entry);
    send_record(kind, path, n >= PATH_BYTES ? PATH_BYTES - 1 : n);
    return kind == RECORD_FILE && !list ? tell_bytes(archive) : ARCHIVE_OK;
}

static struct archive *open_archive(void)
{
    struct archive *archive = archive_read_new();
    if (!archive)
        exit(EXIT_FAULT);
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_filter_compress(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_rar(archive);
    archive_read_support_format_rar5(archive);
    return archive;
}

static int tell_all(struct archive *archive, bool list)
{
    struct archive_entry *entry = NULL;
    int result = archive_read_open_fd(archive, STDIN_FILENO, BLOCK_BYTES);
    while (result == ARCHIVE_OK || result == ARCHIVE_WARN) {
        result = archive_read_next_header(archive, &entry);
        if (result == ARCHIVE_OK || result == ARCHIVE_WARN)
            result = tell_entry(archive, entry, list);
    }
    return result;
}

int main(int argc, char **argv)
{
    bool list = argc > 1 && strcmp(argv[1], "--list") == 0;
    setlocale(LC_CTYPE, "C.UTF-8"); /* the filter prevents reading the locale later */
    if (!shut_away())
        return EXIT_FAULT;
    struct archive *archive = open_archive();
    if (tell_all(archive, list) == ARCHIVE_EOF) {
        send_record(RECORD_END, "", 0);
        return EXIT_SUCCESS;
    }
    const char *reason = archive_error_string(archive);
    if (!reason)
        reason = "it cannot be read";
    size_t n = strlen(reason);
    send_record(RECORD_FAILED, reason, n < RECORD_BYTES ? n : RECORD_BYTES);
    return EXIT_SUCCESS;
}
