// SPDX-License-Identifier: MIT
/*
 * stream.h - the records of an archive, read in a separate process (unpacker.c).
 */
#ifndef HEAPLAB_UNPACK_STREAM_H
#define HEAPLAB_UNPACK_STREAM_H

#include "class/unpacker/records.h"
#include "grade/grade.h"

struct stream;

/* Starts the unpacker on ARCHIVE, an ordinary file. LIST leaves out the files' bytes. Dies if it can't be started. */
struct stream *stream_open(const char *archive, unsigned cpu_seconds, bool list);

/* Reads the next record; its bytes, followed by a zero, go to BYTES (room for RECORD_BYTES + 1). False if the unpacker
 * is gone: it exceeded a limit, or the archive crashed it. */
bool stream_next(struct stream *stream, struct record *record, char *bytes);

/* Ends the unpacker, even in the middle of the archive. */
void stream_close(struct stream *stream);

#endif
