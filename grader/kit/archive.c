// SPDX-License-Identifier: MIT
/*
 * archive.c - files into a .tar.gz or a .zip, through libarchive (kit.h).
 */
#include "kit/kit.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>

void packed_free(struct packed *file)
{
    g_free(file->name);
    g_free(file->bytes);
    g_free(file);
}

static bool add_file(struct archive *archive, const struct packed *file)
{
    enum { MODE = 0644 };
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, file->name);
    archive_entry_set_size(entry, (la_int64_t)file->size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, MODE);
    archive_entry_set_mtime(entry, 0, 0); /* the archive does not depend on when it was packed */
    bool ok = archive_write_header(archive, entry) == ARCHIVE_OK &&
              archive_write_data(archive, file->bytes, file->size) == (la_ssize_t)file->size;
    archive_entry_free(entry);
    return ok;
}

static bool set_tar(struct archive *archive)
{
    return archive_write_set_format_ustar(archive) == ARCHIVE_OK &&
           archive_write_add_filter_gzip(archive) == ARCHIVE_OK &&
           archive_write_set_options(archive, "gzip:!timestamp") == ARCHIVE_OK;
}

static bool write_members(struct archive *archive, const char *path, const GPtrArray *files)
{
    bool ok = archive_write_open_filename(archive, path) == ARCHIVE_OK;
    for (guint i = 0; ok && i < files->len; i++)
        ok = add_file(archive, files->pdata[i]);
    return ok && archive_write_close(archive) == ARCHIVE_OK;
}

/* As write_all, in a locale of UTF-8: libarchive reads names, and marks them in a .zip, by the locale. */
static bool write_in_utf8(struct archive *archive, const char *path, const GPtrArray *files)
{
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    bool ok = write_members(archive, path, files);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    return ok;
}

void archive_write(const char *path, const GPtrArray *files)
{
    g_autofree char *temporary = g_strconcat(path, ".part", NULL);
    struct archive *archive = archive_write_new();
    if (!archive)
        die_fault("no memory for an archive");
    if (!(g_str_has_suffix(path, ".zip") ? archive_write_set_format_zip(archive) == ARCHIVE_OK : set_tar(archive)) ||
        !write_in_utf8(archive, temporary, files)) {
        const char *reason = archive_error_string(archive);
        remove(temporary);
        die_unusable("cannot write %s: %s", path, reason ? reason : "the archive could not be made");
    }
    archive_write_free(archive);
    if (rename(temporary, path) != 0)
        die_unusable("cannot write %s: %s", path, g_strerror(errno));
}
