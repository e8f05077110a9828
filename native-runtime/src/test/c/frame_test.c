// Reads the golden frames: those beside this directory's tests must be read as their text says and written again as the
// same bytes, however the stream is cut; those in rejected/ must be refused.
#define _GNU_SOURCE
#include <dirent.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frame.h"
#include "owned.h"

static int failures, checks;

__attribute__((format(printf, 2, 3)))
static void check(bool fact, const char *format, ...)
{
	checks++;
	if (fact)
		return;
	failures++;
	va_list arguments;
	va_start(arguments, format);
	fputs("FAILED: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
}

struct content {
	char *bytes;
	size_t length;
};

static struct content content_of(const char *directory, const char *name, const char *ending)
{
	char path[4096];
	struct content content = { NULL, 0 };
	snprintf(path, sizeof path, "%s/%s%s", directory, name, ending);
	OWNED_STREAM *file = fopen(path, "re");
	if (!file) {
		perror(path);
		exit(2);
	}
	content.bytes = calloc(1, 65536);
	content.length = content.bytes ? fread(content.bytes, 1, 65535, file) : 0;
	return content;
}

// Sends the bytes in pieces through a socket pair and reads one frame.
static enum frame_state receive(const struct content *sent, size_t piece, struct frame_reader *reader, struct frame *frame)
{
	int ends[2];
	enum frame_state state = FRAME_INCOMPLETE;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		exit(2);
	for (size_t done = 0; done < sent->length && state == FRAME_INCOMPLETE; done += piece) {
		size_t length = sent->length - done < piece ? sent->length - done : piece;
		if (write(ends[0], sent->bytes + done, length) != (ssize_t)length || frame_read(reader, ends[1]) != 1)
			exit(2);
		state = frame_next(reader, frame);
	}
	close(ends[0]);
	close(ends[1]);
	return state;
}

static void compare_fields(const char *name, const struct frame *frame, char *lines)
{
	const char *field = frame->fields, *end = frame->fields + frame->length;
	lines[strlen(lines) - 1] = '\0';
	for (char *line; (line = strsep(&lines, "\n")); field += strlen(field) + 1) {
		check(field < end && !strcmp(field, line), "%s: '%s' instead of '%s'", name, field < end ? field : "", line);
		if (field >= end)
			return;
	}
	check(field == end, "%s has more fields than its text", name);
}

static void compare_written(const char *name, const struct frame *frame, const struct content *golden)
{
	OWNED_FRAME message = { 0 };
	frame_begin(&message, frame_name(frame));
	const char *end = frame->fields + frame->length;
	for (const char *field = frame->fields + strlen(frame->fields) + 1; field < end; field += strlen(field) + 1) {
		char key[256];
		const char *equals = strchr(field, '=');
		snprintf(key, sizeof key, "%.*s", (int)(equals - field), field);
		frame_field(&message, key, "%s", equals + 1);
		check(frame_value(frame, key) != NULL && frame_count(frame, key) > 0, "%s: %s is not found", name, key);
	}
	check(!frame_end(&message), "%s cannot be written", name);
	check(message.used == golden->length && !memcmp(message.bytes, golden->bytes, message.used), "%s is written otherwise", name);
}

static void accepted(const char *directory, const char *name)
{
	struct content golden = content_of(directory, name, ".frame"), text = content_of(directory, name, ".txt");
	const size_t pieces[] = { 1, 3, 7, 65536 };
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct frame_reader reader = { 0 };
		struct frame frame = { 0 };
		enum frame_state state = receive(&golden, pieces[i], &reader, &frame);
		check(state == FRAME_COMPLETE, "%s in pieces of %zu: %s", name, pieces[i], frame_state_reason(state));
		if (state == FRAME_COMPLETE) {
			char *lines = strdup(text.bytes);
			compare_fields(name, &frame, lines);
			free(lines);
			compare_written(name, &frame, &golden);
			frame_consume(&reader, &frame);
			check(reader.used == 0, "%s leaves bytes behind", name);
		}
		frame_reader_release(&reader);
	}
	free(golden.bytes);
	free(text.bytes);
}

static void rejected(const char *directory, const char *name)
{
	struct content golden = content_of(directory, name, ".frame");
	struct frame_reader reader = { 0 };
	struct frame frame = { 0 };
	enum frame_state state = receive(&golden, 65536, &reader, &frame);
	check(state > FRAME_COMPLETE, "%s is not refused: %s", name, frame_state_reason(state));
	frame_reader_release(&reader);
	free(golden.bytes);
}

static int each_case(const char *directory, void (*examine)(const char *directory, const char *name))
{
	DIR *entries = opendir(directory);
	int count = 0;
	if (!entries) {
		perror(directory);
		exit(2);
	}
	for (struct dirent *entry; (entry = readdir(entries));) {
		char *ending = strstr(entry->d_name, ".frame");
		if (!ending)
			continue;
		*ending = '\0';
		examine(directory, entry->d_name);
		count++;
	}
	closedir(entries);
	return count;
}

static void values_of_a_repeated_key_come_in_order(void)
{
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "n");
	frame_field(&message, "k", "1");
	frame_field(&message, "key", "x");
	frame_field(&message, "k", "2=");
	check(!frame_end(&message), "message is written");
	struct frame frame = { message.bytes + FRAME_HEADER, message.used - FRAME_HEADER };
	const char *first = frame_value(&frame, "k"), *second = frame_value_after(&frame, "k", first);
	check(first && !strcmp(first, "1") && second && !strcmp(second, "2="), "values of k in order");
	check(!frame_value_after(&frame, "k", second) && frame_count(&frame, "k") == 2, "k has two values");
	check(!frame_value(&frame, "n") && !frame_value(&frame, "ke"), "neither the name nor a part of a key is a key");
}

static void an_overlong_message_is_not_written(void)
{
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "n");
	for (int i = 0; i < 300; i++)
		frame_field(&message, "k", "%04000d", i);
	check(frame_end(&message) == -1, "1.2 MB are no message");
}

int main(int count, char **words)
{
	char directory[4096];
	if (count != 2)
		return 2;
	snprintf(directory, sizeof directory, "%s/rejected", words[1]);
	int good = each_case(words[1], accepted), bad = each_case(directory, rejected);
	check(good > 0 && bad > 0, "there are golden frames");
	values_of_a_repeated_key_come_in_order();
	an_overlong_message_is_not_written();
	printf("frame_test: %d frames, %d rejected ones, %d checks, %d failed\n", good, bad, checks, failures);
	return failures ? 1 : 0;
}
