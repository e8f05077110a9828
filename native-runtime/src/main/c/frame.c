#include "frame.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_CAPACITY = 4096 };

static size_t declared_length(const char *header)
{
	const unsigned char *b = (const unsigned char *)header;
	return (size_t)b[0] << 24 | (size_t)b[1] << 16 | (size_t)b[2] << 8 | b[3];
}

static int grow(char **bytes, size_t *capacity, size_t wanted)
{
	if (wanted <= *capacity)
		return 0;
	size_t larger = *capacity ? *capacity : FIRST_CAPACITY;
	while (larger < wanted)
		larger *= 2;
	char *moved = realloc(*bytes, larger);
	if (!moved)
		return -1;
	*bytes = moved;
	*capacity = larger;
	return 0;
}

int frame_read(struct frame_reader *reader, int fd)
{
	size_t wanted = reader->used + FIRST_CAPACITY;
	if (reader->used >= FRAME_HEADER) {
		size_t length = declared_length(reader->bytes);
		if (length > FRAME_MAX)
			return 1;
		if (wanted < FRAME_HEADER + length)
			wanted = FRAME_HEADER + length;
	}
	if (grow(&reader->bytes, &reader->capacity, wanted))
		return -1;
	ssize_t count;
	do
		count = read(fd, reader->bytes + reader->used, reader->capacity - reader->used);
	while (count < 0 && errno == EINTR);
	if (count <= 0)
		return (int)count;
	reader->used += (size_t)count;
	return 1;
}

enum frame_state frame_check(const char *payload, size_t length)
{
	if (length > FRAME_MAX)
		return FRAME_TOO_LONG;
	if (length == 0 || payload[length - 1] != '\0')
		return FRAME_UNTERMINATED;
	if (!*payload || strchr(payload, '='))
		return FRAME_WITHOUT_NAME;
	const char *end = payload + length;
	for (const char *field = payload + strlen(payload) + 1; field < end; field += strlen(field) + 1)
		if (*field == '=' || !strchr(field, '='))
			return FRAME_WITHOUT_KEY;
	return FRAME_COMPLETE;
}

enum frame_state frame_next(const struct frame_reader *reader, struct frame *frame)
{
	if (reader->used < FRAME_HEADER)
		return FRAME_INCOMPLETE;
	size_t length = declared_length(reader->bytes);
	if (length > FRAME_MAX)
		return FRAME_TOO_LONG;
	if (reader->used < FRAME_HEADER + length)
		return FRAME_INCOMPLETE;
	enum frame_state state = frame_check(reader->bytes + FRAME_HEADER, length);
	if (state == FRAME_COMPLETE)
		*frame = (struct frame){ reader->bytes + FRAME_HEADER, length };
	return state;
}

const char *frame_state_reason(enum frame_state state)
{
	switch (state) {
	case FRAME_INCOMPLETE:
		return "the frame is not complete";
	case FRAME_COMPLETE:
		return "the frame is complete";
	case FRAME_TOO_LONG:
		return "the frame is longer than 1048576 bytes";
	case FRAME_UNTERMINATED:
		return "the frame does not end in NUL";
	case FRAME_WITHOUT_NAME:
		return "the frame does not begin with a name";
	case FRAME_WITHOUT_KEY:
		return "a field is not key=value";
	}
	return "unknown";
}

void frame_consume(struct frame_reader *reader, const struct frame *frame)
{
	size_t whole = FRAME_HEADER + frame->length;
	reader->used -= whole;
	memmove(reader->bytes, reader->bytes + whole, reader->used);
	if (reader->used == 0 && reader->capacity > FIRST_CAPACITY)
		frame_reader_release(reader);
}

void frame_reader_release(struct frame_reader *reader)
{
	free(reader->bytes);
	*reader = (struct frame_reader){ 0 };
}

const char *frame_name(const struct frame *frame)
{
	return frame->fields;
}

const char *frame_value_after(const struct frame *frame, const char *key, const char *previous)
{
	size_t key_length = strlen(key);
	const char *end = frame->fields + frame->length;
	const char *field = previous ? previous : frame->fields;
	for (field += strlen(field) + 1; field < end; field += strlen(field) + 1)
		if (!strncmp(field, key, key_length) && field[key_length] == '=')
			return field + key_length + 1;
	return NULL;
}

const char *frame_value(const struct frame *frame, const char *key)
{
	return frame_value_after(frame, key, NULL);
}

size_t frame_count(const struct frame *frame, const char *key)
{
	size_t count = 0;
	for (const char *value = NULL; (value = frame_value_after(frame, key, value));)
		count++;
	return count;
}

static void append(struct frame_writer *message, const char *bytes, size_t length)
{
	if (message->failed)
		return;
	if (message->used + length > FRAME_HEADER + FRAME_MAX ||
	    grow(&message->bytes, &message->capacity, message->used + length)) {
		message->failed = true;
		return;
	}
	memcpy(message->bytes + message->used, bytes, length);
	message->used += length;
}

void frame_begin(struct frame_writer *message, const char *name)
{
	message->used = 0;
	message->failed = false;
	append(message, "\0\0\0", FRAME_HEADER);
	append(message, name, strlen(name) + 1);
}

void frame_field(struct frame_writer *message, const char *key, const char *format, ...)
{
	char value[4608];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(value, sizeof value, format, arguments);
	va_end(arguments);
	if (length < 0 || (size_t)length >= sizeof value) {
		message->failed = true;
		return;
	}
	append(message, key, strlen(key));
	append(message, "=", 1);
	append(message, value, (size_t)length + 1);
}

int frame_end(struct frame_writer *message)
{
	if (message->failed) {
		errno = EMSGSIZE;
		return -1;
	}
	size_t length = message->used - FRAME_HEADER;
	for (int i = 0; i < FRAME_HEADER; i++)
		message->bytes[i] = (char)(length >> (24 - 8 * i));
	return 0;
}

void frame_writer_release(struct frame_writer *message)
{
	free(message->bytes);
	*message = (struct frame_writer){ 0 };
}
