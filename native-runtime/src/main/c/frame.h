// Frames of the protocol: a 4-byte big-endian length, then NUL-terminated fields; the first is the message's name.
#ifndef DARSENA_FRAME_H
#define DARSENA_FRAME_H

#include <stdbool.h>
#include <stddef.h>

enum { FRAME_HEADER = 4, FRAME_MAX = 1 << 20 };

enum frame_state {
	FRAME_INCOMPLETE,
	FRAME_COMPLETE,
	FRAME_TOO_LONG,
	FRAME_UNTERMINATED,
	FRAME_WITHOUT_NAME,
	FRAME_WITHOUT_KEY,
};

// A whole, well-formed frame inside its reader's bytes: valid until frame_consume.
struct frame {
	const char *fields;
	size_t length;
};

// Collects the bytes of one connection. Starts zeroed; ends with frame_reader_release.
struct frame_reader {
	char *bytes;
	size_t used;
	size_t capacity;
};

// Reads once from a non-blocking or ready socket. 1: something came; 0: the end; -1: errno says why (EAGAIN: nothing now).
int frame_read(struct frame_reader *reader, int fd);

// Looks whether a whole frame has come. Anything but the first two states makes the connection worthless.
enum frame_state frame_next(const struct frame_reader *reader, struct frame *frame);
const char *frame_state_reason(enum frame_state state);
void frame_consume(struct frame_reader *reader, const struct frame *frame);
void frame_reader_release(struct frame_reader *reader);

// Checks a payload that is in memory: FRAME_COMPLETE or what is wrong with it.
enum frame_state frame_check(const char *payload, size_t length);

const char *frame_name(const struct frame *frame);
// The first value of a key, or null.
const char *frame_value(const struct frame *frame, const char *key);
// Walks the values of a repeated key: pass null first, then what came last.
const char *frame_value_after(const struct frame *frame, const char *key, const char *previous);
size_t frame_count(const struct frame *frame, const char *key);

// Writes one message. A failed allocation or an overlong message is kept in mind and told by frame_end.
struct frame_writer {
	char *bytes;
	size_t used;
	size_t capacity;
	bool failed;
};

void frame_begin(struct frame_writer *message, const char *name);
__attribute__((format(printf, 3, 4)))
void frame_field(struct frame_writer *message, const char *key, const char *format, ...);
// Sets the length. 0, or -1 with errno when the message could not be made.
int frame_end(struct frame_writer *message);
void frame_writer_release(struct frame_writer *message);

#define OWNED_FRAME __attribute__((cleanup(frame_writer_release))) struct frame_writer

#endif
