#include "tar_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tar_header.h"
#include "utf8.h"

static int append(struct tar_bytes *into, const void *bytes, size_t size)
{
	if (into->room - into->used < size) {
		size_t room = into->room * 2 + size + 4096;
		char *more = realloc(into->bytes, room);
		if (!more)
			return -1;
		into->bytes = more;
		into->room = room;
	}
	memcpy(into->bytes + into->used, bytes, size);
	into->used += size;
	return 0;
}

static int pad(struct tar_bytes *into, uint64_t size)
{
	static const char zeros[TAR_BLOCK_SIZE];
	return append(into, zeros, tar_padding(size));
}

// `LENGTH KEY=VALUE\n`, where LENGTH counts itself.
static int add_record(struct tar_bytes *into, const char *prefix, const char *key, const void *value, size_t size)
{
	size_t rest = strlen(prefix) + strlen(key) + size + 3, length = rest;
	char digits[24];
	for (int before = 0, now; (now = snprintf(digits, sizeof digits, "%zu", length)) != before; before = now)
		length = rest + (size_t)now;
	snprintf(digits, sizeof digits, "%zu ", length);
	return append(into, digits, strlen(digits)) || append(into, prefix, strlen(prefix)) || append(into, key, strlen(key)) ||
			append(into, "=", 1) || append(into, value, size) || append(into, "\n", 1)
		? -1
		: 0;
}

static int add_text(struct tar_bytes *into, const char *key, const char *text)
{
	return add_record(into, "", key, text, strlen(text));
}

static int add_number(struct tar_bytes *into, const char *key, uint64_t number)
{
	char text[24];
	snprintf(text, sizeof text, "%" PRIu64, number);
	return add_text(into, key, text);
}

// Before 1970 the fraction counts the other way round.
static int add_time(struct tar_bytes *into, int64_t seconds, uint32_t nanoseconds)
{
	char text[48];
	const char *sign = seconds < 0 ? "-" : "";
	if (seconds < 0 && nanoseconds) {
		seconds++;
		nanoseconds = 1000000000 - nanoseconds;
	}
	uint64_t whole = seconds < 0 ? -(uint64_t)seconds : (uint64_t)seconds;
	if (nanoseconds)
		snprintf(text, sizeof text, "%s%" PRIu64 ".%09" PRIu32, sign, whole, nanoseconds);
	else
		snprintf(text, sizeof text, "%s%" PRIu64, sign, whole);
	return add_text(into, "mtime", text);
}

// A number field holds three bits a digit, and its last byte is NUL.
static bool fits(uint64_t number, size_t field)
{
	return number >> 3 * (field - 1) == 0;
}

#define FITS(name, number) fits((number), sizeof((struct tar_header *)NULL)->name)

static void put_octal(char *field, size_t size, uint64_t number)
{
	field[size - 1] = '\0';
	for (size_t i = size - 1; i-- > 0; number >>= 3)
		field[i] = (char)('0' + (number & 7));
}

#define PUT(header, name, number) put_octal((header)->name, sizeof(header)->name, FITS(name, number) ? (number) : 0)

static void put_text(char *field, size_t size, const char *text)
{
	size_t length = strlen(text);
	memcpy(field, text, length < size ? length : size);
}

static char type_of(const struct tar_entry *entry)
{
	switch (entry->type) {
	case TAR_FILE:
		return '0';
	case TAR_HARDLINK:
		return '1';
	case TAR_SYMLINK:
		return '2';
	case TAR_CHARACTER:
		return '3';
	case TAR_BLOCK:
		return '4';
	case TAR_DIRECTORY:
		return '5';
	case TAR_FIFO:
		return '6';
	}
	return '0';
}

static int add_header(struct tar_bytes *into, const struct tar_entry *entry, const char *path, char type)
{
	struct tar_header header = { .type = type };
	put_text(header.name, sizeof header.name, path);
	put_text(header.link, sizeof header.link, entry->link ? entry->link : "");
	PUT(&header, mode, entry->mode);
	PUT(&header, uid, entry->uid);
	PUT(&header, gid, entry->gid);
	PUT(&header, size, entry->size);
	PUT(&header, mtime, entry->mtime < 0 ? 0 : (uint64_t)entry->mtime);
	PUT(&header, major, entry->major);
	PUT(&header, minor, entry->minor);
	memcpy(header.magic, "ustar\0" "00", sizeof header.magic);
	memset(header.checksum, ' ', sizeof header.checksum);
	uint64_t sum = 0;
	const unsigned char *bytes = (const unsigned char *)&header;
	for (size_t i = 0; i < sizeof header; i++)
		sum += bytes[i];
	put_octal(header.checksum, 7, sum);
	return append(into, &header, sizeof header);
}

// Names in UTF-8 need no word about their encoding; what is none is told to be bytes.
static int add_names(struct tar_bytes *records, const char *path, const char *link)
{
	bool long_path = strlen(path) > sizeof((struct tar_header *)NULL)->name;
	bool long_link = strlen(link) > sizeof((struct tar_header *)NULL)->link;
	if ((long_path && !utf8_is_whole(path)) || (long_link && !utf8_is_whole(link)))
		if (add_text(records, "hdrcharset", "BINARY"))
			return -1;
	return (long_path && add_text(records, "path", path)) || (long_link && add_text(records, "linkpath", link)) ? -1 : 0;
}

static int add_records(struct tar_bytes *records, const struct tar_entry *entry, const char *path)
{
	if (add_names(records, path, entry->link ? entry->link : ""))
		return -1;
	if (!FITS(size, entry->size) && add_number(records, "size", entry->size))
		return -1;
	if (!FITS(uid, entry->uid) && add_number(records, "uid", entry->uid))
		return -1;
	if (!FITS(gid, entry->gid) && add_number(records, "gid", entry->gid))
		return -1;
	bool whole = !entry->mtime_ns && entry->mtime >= 0 && FITS(mtime, (uint64_t)entry->mtime);
	if (!whole && add_time(records, entry->mtime, entry->mtime_ns))
		return -1;
	for (size_t i = 0; i < entry->xattr_count; i++) {
		const struct tar_xattr *xattr = &entry->xattrs[i];
		if (add_record(records, "SCHILY.xattr.", xattr->name, xattr->value, xattr->size))
			return -1;
	}
	return 0;
}

static int write_both(struct tar_bytes *into, struct tar_bytes *records, const struct tar_entry *entry, const char *path)
{
	if (add_records(records, entry, path))
		return -1;
	if (records->used > 0) {
		struct tar_entry extended = { .mode = 0644, .size = records->used };
		if (add_header(into, &extended, "././@PaxHeader", 'x') || append(into, records->bytes, records->used) ||
		    pad(into, records->used))
			return -1;
	}
	return add_header(into, entry, path, type_of(entry));
}

int tar_write_header(struct tar_bytes *into, const struct tar_entry *entry)
{
	struct tar_bytes records = { .used = 0 };
	size_t length = strlen(entry->path);
	char *path = malloc(length + 2);
	if (!path)
		return -1;
	memcpy(path, entry->path, length + 1);
	if (entry->type == TAR_DIRECTORY && (!length || path[length - 1] != '/'))
		strcpy(path + length, "/");
	into->used = 0;
	int result = write_both(into, &records, entry, path);
	tar_bytes_release(&records);
	free(path);
	return result;
}
