#define _GNU_SOURCE
#include "index.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "extract_path.h"
#include "owned.h"
#include "utf8.h"

// Each byte of a path is at most four in the file, and those of what a hard link names likewise.
enum { BUFFER_SIZE = 192 << 10, LONGEST_LINE = 2 * 4 * LONGEST_PATH + 256 };

struct index_file {
	int fd;
	size_t used;
	char buffer[BUFFER_SIZE];
};

_Static_assert(LONGEST_LINE < BUFFER_SIZE, "a line fits the buffer");
_Static_assert(2 * INDEX_LARGEST_ATTRIBUTE + 4 * 256 + 256 < LONGEST_LINE, "so does an attribute");

struct index_file *index_new(int fd)
{
	struct index_file *index = malloc(sizeof *index);
	if (index) {
		index->fd = fd;
		index->used = 0;
	}
	return index;
}

void index_free(struct index_file *index)
{
	free(index);
}

int index_flush(struct index_file *index)
{
	size_t done = 0;
	while (done < index->used) {
		ssize_t count = write(index->fd, index->buffer + done, index->used - done);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		done += (size_t)count;
	}
	index->used = 0;
	return 0;
}

// How many bytes the UTF-8 sequence at `text` has, or 0 when it is none or a control character.
static size_t printable(const unsigned char *text)
{
	bool control = text[0] < 0x20 || text[0] == 0x7f || (text[0] == 0xc2 && text[1] < 0xa0);
	return control ? 0 : utf8_length(text);
}

static bool is_plain(unsigned char byte)
{
	return byte >= 0x20 && byte < 0x7f && byte != '\\';
}

static void add_escaped(struct index_file *index, const char *text)
{
	static const char digits[] = "0123456789abcdef";
	char *into = index->buffer + index->used;
	const unsigned char *at = (const unsigned char *)text;
	while (*at) {
		if (is_plain(*at)) {
			*into++ = (char)*at++;
			continue;
		}
		size_t length = *at == '\\' ? 0 : printable(at);
		if (length) {
			memcpy(into, at, length);
			into += length;
			at += length;
			continue;
		}
		*into++ = '\\';
		if (*at == '\\' || *at == '\t' || *at == '\n') {
			*into++ = *at == '\\' ? '\\' : *at == '\t' ? 't' : 'n';
		} else {
			*into++ = 'x';
			*into++ = digits[*at >> 4];
			*into++ = digits[*at & 15];
		}
		at++;
	}
	index->used = (size_t)(into - index->buffer);
}

// Six numbers a line: sprintf would take longer than all the rest.
static char *write_number(char *at, uint64_t number, unsigned base)
{
	char digits[24], *first = digits + sizeof digits;
	do {
		*--first = (char)('0' + number % base);
		number /= base;
	} while (number);
	const size_t length = (size_t)(digits + sizeof digits - first);
	memcpy(at, first, length);
	at[length] = '\t';
	return at + length + 1;
}

static char *write_time(char *at, int64_t seconds, uint32_t nanoseconds)
{
	if (seconds < 0)
		*at++ = '-';
	at = write_number(at, seconds < 0 ? -(uint64_t)seconds : (uint64_t)seconds, 10);
	return nanoseconds ? at - 1 + sprintf(at - 1, ".%09" PRIu32 "\t", nanoseconds) : at;
}

static char *write_flags(char *at, const struct index_line *line)
{
	const char *first = at;
	if (line->implied)
		*at++ = 'i';
	if (line->xattrs)
		*at++ = 'x';
	if (line->skipped)
		*at++ = 's';
	if (line->same)
		*at++ = 'e';
	if (at == first)
		*at++ = '-';
	*at++ = '\t';
	return at;
}

int index_add(struct index_file *index, const struct index_line *line)
{
	if (strlen(line->path) >= LONGEST_PATH || strlen(line->link) >= LONGEST_PATH) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (BUFFER_SIZE - index->used < LONGEST_LINE && index_flush(index))
		return -1;
	char *at = index->buffer + index->used;
	*at++ = line->type;
	*at++ = '\t';
	at = write_number(at, line->mode, 8);
	at = write_number(at, line->uid, 10);
	at = write_number(at, line->gid, 10);
	at = write_number(at, line->size, 10);
	at = write_time(at, line->mtime, line->mtime_ns);
	at = write_flags(at, line);
	index->used = (size_t)(at - index->buffer);
	add_escaped(index, line->path);
	index->buffer[index->used++] = '\t';
	add_escaped(index, line->link);
	index->buffer[index->used++] = '\n';
	return 0;
}

int index_add_attribute(struct index_file *index, const char *name, const void *value, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	if (size > INDEX_LARGEST_ATTRIBUTE)
		return 0;
	if (BUFFER_SIZE - index->used < LONGEST_LINE && index_flush(index))
		return -1;
	index->used += (size_t)sprintf(index->buffer + index->used, "x\t0\t0\t0\t%zu\t0\t-\t", size);
	add_escaped(index, name);
	index->buffer[index->used++] = '\t';
	const unsigned char *bytes = value;
	for (size_t i = 0; i < size; i++) {
		index->buffer[index->used++] = digits[bytes[i] >> 4];
		index->buffer[index->used++] = digits[bytes[i] & 15];
	}
	index->buffer[index->used++] = '\n';
	return 0;
}

static unsigned hex(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

// In place.
static void unescape(char *text)
{
	char *into = text;
	for (; *text; text++) {
		if (*text != '\\') {
			*into++ = *text;
			continue;
		}
		text++;
		if (*text == 'x') {
			*into++ = (char)(hex(text[1]) << 4 | hex(text[2]));
			text += 2;
		} else {
			*into++ = *text == 't' ? '\t' : *text == 'n' ? '\n' : '\\';
		}
	}
	*into = '\0';
}

// TYPE MODE UID GID SIZE MTIME FLAGS PATH LINK; null when there are fewer fields.
static char *field(char *line, int number)
{
	for (int i = 0; i < number && line; i++) {
		line = strchr(line, '\t');
		line += line != NULL;
	}
	return line;
}

static void visit_line(char *line, void (*visit)(void *, const char *, int64_t, uint32_t), void *context)
{
	if (line[0] != 'd')
		return;
	char *time = field(line, 5), *flags = field(line, 6), *path = field(line, 7), *link = field(line, 8);
	if (!link || *flags == 'i')
		return;
	link[-1] = '\0';
	unescape(path);
	char *end;
	int64_t seconds = strtoll(time, &end, 10);
	uint32_t nanoseconds = *end == '.' ? (uint32_t)strtoul(end + 1, NULL, 10) : 0;
	visit(context, path, seconds, nanoseconds);
}

int index_directories(struct index_file *index, void (*visit)(void *, const char *, int64_t, uint32_t), void *context)
{
	OWNED_MEMORY char *buffer = malloc(BUFFER_SIZE + 1);
	if (!buffer || lseek(index->fd, 0, SEEK_SET) < 0)
		return -1;
	size_t used = 0;
	for (;;) {
		ssize_t count = read(index->fd, buffer + used, BUFFER_SIZE - used);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		if (count == 0)
			return 0;
		used += (size_t)count;
		char *line = buffer, *end;
		while ((end = memchr(line, '\n', used - (size_t)(line - buffer)))) {
			*end = '\0';
			visit_line(line, visit, context);
			line = end + 1;
		}
		used -= (size_t)(line - buffer);
		memmove(buffer, line, used);
	}
}
