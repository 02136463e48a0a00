// SPDX-License-Identifier: MIT
/*
 * stream.h - the records of an archive, from a process of their own (unpacker.c).
 */
#ifndef HEAPLAB_UNPACK_STREAM_H
#define HEAPLAB_UNPACK_STREAM_H

#include "grade/grade.h"
#include "class/unpacker/records.h"

struct stream;

/* Starts the unpacker on ARCHIVE, an ordinary file. LIST: without the files' bytes. Dies if it can't be started. */
struct stream *stream_open(const char *archive, unsigned cpu_seconds, bool list);

/* Reads the next record; its bytes, and a zero behind them, go to BYTES (room for RECORD_BYTES + 1). False if the
 * unpacker is gone: it met a limit, or the archive got the better of it. */
bool stream_next(struct stream *stream, struct record *record, char *bytes);

/* Ends the unpacker, wherever it is. */
void stream_close(struct stream *stream);

#endif
