// SPDX-License-Identifier: MIT
/*
 * records.h - what the unpacker tells of an archive, through a pipe: records of a kind, a length, and so many bytes.
 *
 *     an ordinary file   RECORD_FILE (its path), RECORD_DATA..., and so on with the next entry
 *     anything else      one record with its path; it is not to be made
 *     at the end         RECORD_END, or RECORD_FAILED with the reason in libarchive's words
 *
 * Nothing that comes through the pipe is trusted: whoever reads it checks every path and length.
 */
#ifndef HEAPLAB_UNPACK_RECORDS_H
#define HEAPLAB_UNPACK_RECORDS_H

#include <stdint.h>

enum record_kind {
    RECORD_FILE = 1,
    RECORD_FOLDER,
    RECORD_LINK,   /* symbolic or hard */
    RECORD_DEVICE, /* or a FIFO, or a socket */
    RECORD_ENCRYPTED,
    RECORD_LONG_NAME, /* with the beginning of it */
    RECORD_DATA,
    RECORD_FAILED,
    RECORD_END,
};

struct record {
    uint32_t kind;
    uint32_t bytes; /* at most RECORD_BYTES */
};

enum { RECORD_BYTES = 64 << 10, PATH_BYTES = 1024 };

#endif
