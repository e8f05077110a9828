// What the tar writer writes is what the tar reader reads, for every field and at the sizes where ustar ends.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "links.h"
#include "owned.h"
#include "tar_write.h"
#include "utf8.h"

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

static void compare(const struct tar_entry *read, const struct tar_entry *written, const char *what)
{
	size_t length = strlen(written->path);
	bool slash = written->type == TAR_DIRECTORY;
	check(read->type == written->type, "%s: type %c", what, (char)read->type);
	check(!strncmp(read->path, written->path, length) && !strcmp(read->path + length, slash ? "/" : ""), "%s: path %s", what,
	      read->path);
	check(!strcmp(read->link, written->link ? written->link : ""), "%s: link %s", what, read->link);
	check(read->mode == written->mode && read->uid == written->uid && read->gid == written->gid, "%s: owner or mode", what);
	check(read->mtime == written->mtime && read->mtime_ns == written->mtime_ns, "%s: time %lld.%09u", what,
	      (long long)read->mtime, read->mtime_ns);
	check(read->size == written->size, "%s: size %llu", what, (unsigned long long)read->size);
	check(read->major == written->major && read->minor == written->minor, "%s: device", what);
	check(read->xattr_count == written->xattr_count, "%s: %zu attributes", what, read->xattr_count);
	for (size_t i = 0; i < read->xattr_count && i < written->xattr_count; i++) {
		const struct tar_xattr *one = &read->xattrs[i], *other = &written->xattrs[i];
		check(!strcmp(one->name, other->name) && one->size == other->size && !memcmp(one->value, other->value, one->size),
		      "%s: attribute %s", what, one->name);
	}
}

static void round_trip(const struct tar_entry *written, const char *what)
{
	struct tar_bytes header = { .used = 0 };
	struct failure why = { .number = 0 };
	struct tar_entry read;
	OWNED_FD file = memfd_create("tar", MFD_CLOEXEC);
	if (file < 0 || tar_write_header(&header, written) || write(file, header.bytes, header.used) != (ssize_t)header.used)
		exit(2);
	check(header.used % 512 == 0, "%s: %zu bytes", what, header.used);
	lseek(file, 0, SEEK_SET);
	struct decoder *decoder = decoder_new(file, DECODE_NONE);
	struct tar_reader *reader = decoder ? tar_new(decoder) : NULL;
	if (!reader)
		exit(2);
	int there = tar_next(reader, &read, &why);
	check(there == 1, "%s: %s %s: %s", what, why.operation, why.object, why.reason);
	if (there == 1)
		compare(&read, written, what);
	tar_free(reader);
	decoder_free(decoder);
	tar_bytes_release(&header);
}

static void check_entries(void)
{
	char longest[4095], limit[101], over[102];
	memset(longest, 'l', sizeof longest);
	memset(limit, 'a', sizeof limit);
	memset(over, 'a', sizeof over);
	longest[sizeof longest - 1] = limit[100] = over[101] = '\0';
	for (size_t i = 200; i < sizeof longest - 1; i += 200)
		longest[i] = '/';
	const struct tar_xattr xattrs[] = { { "security.capability", "\1\0\0\2=\n\0", 7 }, { "user.none", "", 0 } };
	const struct tar_entry entries[] = {
		{ .type = TAR_FILE, .path = "plain", .mode = 04755, .uid = 1, .gid = 2, .size = 3, .mtime = 1600000000 },
		{ .type = TAR_FILE, .path = limit, .size = 077777777777, .uid = 07777777, .gid = 07777777, .mtime = 077777777777 },
		{ .type = TAR_FILE, .path = over, .size = 0100000000000, .uid = 010000000, .gid = 4294967294, .mtime = 0100000000000 },
		{ .type = TAR_DIRECTORY, .path = longest, .mode = 01777, .xattrs = xattrs, .xattr_count = 2 },
		{ .type = TAR_DIRECTORY, .path = limit, .mode = 0755 },
		{ .type = TAR_SYMLINK, .path = "link", .link = over, .mode = 0777 },
		{ .type = TAR_HARDLINK, .path = "hard", .link = longest },
		{ .type = TAR_CHARACTER, .path = "null", .major = 1, .minor = 3 },
		{ .type = TAR_BLOCK, .path = "disk", .major = 4095, .minor = 1048575 },
		{ .type = TAR_FIFO, .path = "new\nline\xff", .mtime = 5, .mtime_ns = 1 },
		{ .type = TAR_FILE, .path = "old", .mtime = -2, .mtime_ns = 750000000 },
		{ .type = TAR_FILE, .path = "nearly", .mtime = -1, .mtime_ns = 999999999 },
		{ .type = TAR_FILE, .path = "older", .mtime = -86400 },
	};
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
		char what[32];
		snprintf(what, sizeof what, "entry %zu", i);
		round_trip(&entries[i], what);
	}
}

// A record counts its own length, which grows by a digit at 10, 100, 1000.
static void check_record_lengths(void)
{
	char value[1200];
	memset(value, 'v', sizeof value);
	for (size_t size = 0; size < sizeof value; size++) {
		const struct tar_xattr xattr = { "user.a", value, size };
		const struct tar_entry entry = { .type = TAR_FILE, .path = "a", .xattrs = &xattr, .xattr_count = 1 };
		char what[48];
		snprintf(what, sizeof what, "an attribute of %zu bytes", size);
		round_trip(&entry, what);
	}
}

static void check_encoding_is_told(void)
{
	char name[160];
	struct tar_bytes header = { .used = 0 };
	memset(name, 'a', sizeof name);
	name[159] = '\0';
	for (int odd = 0; odd < 2; odd++) {
		name[5] = odd ? '\xff' : 'a';
		const struct tar_entry entry = { .type = TAR_FILE, .path = name };
		if (tar_write_header(&header, &entry))
			exit(2);
		check((memmem(header.bytes, header.used, "hdrcharset=BINARY", 17) != NULL) == odd, "the encoding of name %d", odd);
	}
	tar_bytes_release(&header);
}

static void check_utf8(void)
{
	static const char *const whole[] = { "", "a", "\xc3\xa8", "\xe2\x82\xac", "\xf0\x9f\x90\xb3", "\x7f\1" };
	static const char *const broken[] = { "\xff", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\x80" };
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		check(utf8_is_whole(whole[i]), "text %zu is UTF-8", i);
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		check(!utf8_is_whole(broken[i]), "text %zu is no UTF-8", i);
}

static void check_links(void)
{
	enum { FILES = 5000 };
	struct links *links = links_new();
	if (!links)
		exit(2);
	for (unsigned i = 0; i < FILES; i++) {
		const struct stat status = { .st_dev = 1 + i % 3, .st_ino = 1 + i / 3, .st_nlink = 3 };
		char name[16];
		snprintf(name, sizeof name, "file%u", i);
		check(!links_find(links, &status) && !links_add(links, &status, name), "%s is new", name);
	}
	for (unsigned i = 0; i < 2 * FILES; i++) {
		unsigned number = i % FILES;
		const struct stat status = { .st_dev = 1 + number % 3, .st_ino = 1 + number / 3, .st_nlink = 3 };
		char name[16];
		snprintf(name, sizeof name, "file%u", number);
		const char *first = links_find(links, &status);
		check(first && !strcmp(first, name), "%s is %s", name, first ? first : "new");
	}
	const struct stat again = { .st_dev = 1, .st_ino = 1, .st_nlink = 3 }, alone = { .st_dev = 9, .st_ino = 9, .st_nlink = 1 };
	check(!links_find(links, &again), "a file all of whose links were met is new");
	check(!links_add(links, &again, "again") && links_find(links, &again), "and is met again");
	check(!links_add(links, &alone, "alone") && !links_find(links, &alone), "one with a single link is not kept");
	links_free(links);
}

int main(void)
{
	check_entries();
	check_record_lengths();
	check_encoding_is_told();
	check_utf8();
	check_links();
	printf("tar_write_test: %d checks, %d failed\n", checks, failures);
	return failures ? 1 : 0;
}
