#include "tar_pax.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_XATTRS = 1024, MOST_EXTENTS = 1 << 18, MOST_XATTR_NAME = 255 };

struct record {
	char *key;
	char *value; // ends in NUL, and may hold more
	size_t size;
};

static int refuse_header(struct failure *why, const char *reason)
{
	return refuse(why, 0, reason, "read", "an extended header of the layer's tar");
}

static int no_memory(struct failure *why)
{
	return fail_with(why, ENOMEM, NULL, "read", "an extended header of the layer's tar");
}

bool tar_decimal(const char *text, size_t length, uint64_t most, uint64_t *number)
{
	uint64_t value = 0;
	if (length == 0)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		unsigned digit = (unsigned)(text[i] - '0');
		if (value > (most - digit) / 10 || digit > most)
			return false;
		value = value * 10 + digit;
	}
	*number = value;
	return true;
}

int pax_add_extent(struct tar_pax *pax, uint64_t offset, uint64_t length, struct failure *why)
{
	if (pax->extent_count == pax->extent_room) {
		if (pax->extent_room >= MOST_EXTENTS)
			return refuse_header(why, "a sparse file has too many pieces");
		size_t room = pax->extent_room ? pax->extent_room * 2 : 64;
		struct tar_extent *more = realloc(pax->extents, room * sizeof *more);
		if (!more)
			return no_memory(why);
		pax->extents = more;
		pax->extent_room = room;
	}
	pax->extents[pax->extent_count++] = (struct tar_extent){ offset, length };
	return 0;
}

static int add_xattr(struct tar_pax *pax, const char *name, const char *value, size_t size, struct failure *why)
{
	if (!*name || strlen(name) > MOST_XATTR_NAME)
		return refuse_header(why, "an extended attribute's name is empty or too long");
	if (pax->xattr_count == pax->xattr_room) {
		if (pax->xattr_room >= MOST_XATTRS)
			return refuse_header(why, "an entry has too many extended attributes");
		size_t room = pax->xattr_room ? pax->xattr_room * 2 : 8;
		struct tar_xattr *more = realloc(pax->xattrs, room * sizeof *more);
		if (!more)
			return no_memory(why);
		pax->xattrs = more;
		pax->xattr_room = room;
	}
	pax->xattrs[pax->xattr_count++] = (struct tar_xattr){ name, value, size };
	return 0;
}

// `SECONDS[.FRACTION]`, perhaps negative; the time is at or before it, in whole nanoseconds.
static bool read_time(const char *text, int64_t *seconds, uint32_t *nanoseconds)
{
	bool negative = *text == '-';
	text += negative;
	size_t whole = strcspn(text, ".");
	uint64_t value;
	if (!tar_decimal(text, whole, INT64_MAX / 2, &value))
		return false;
	uint32_t fraction = 0;
	if (text[whole]) {
		const char *digits = text + whole + 1;
		uint32_t scale = 100000000;
		for (; *digits; digits++, scale /= 10) {
			if (*digits < '0' || *digits > '9')
				return false;
			fraction += (uint32_t)(*digits - '0') * scale;
		}
	}
	*seconds = negative ? -(int64_t)value : (int64_t)value;
	*nanoseconds = fraction;
	if (negative && fraction) {
		*seconds -= 1;
		*nanoseconds = 1000000000 - fraction;
	}
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// libarchive writes names URL-encoded. In place.
static bool decode_url(char *text)
{
	char *into = text;
	for (; *text; text++) {
		if (*text == '%') {
			int high = hex_digit(text[1]);
			int low = high < 0 ? -1 : hex_digit(text[2]);
			if (low < 0 || (high == 0 && low == 0))
				return false;
			*into++ = (char)(high << 4 | low);
			text += 2;
		} else {
			*into++ = *text;
		}
	}
	*into = '\0';
	return true;
}

// libarchive writes values in base64, often without padding. In place; -1 when it is none.
static ssize_t decode_base64(char *text)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned collected = 0;
	int bits = 0;
	size_t made = 0;
	for (const char *at = text; *at && *at != '='; at++) {
		const char *digit = strchr(digits, *at);
		if (!digit)
			return -1;
		collected = (collected << 6 | (unsigned)(digit - digits)) & 0xffff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			text[made++] = (char)(collected >> bits & 0xff);
		}
	}
	return (ssize_t)made;
}

static int read_libarchive_xattr(struct tar_pax *pax, struct record *record, char *name, struct failure *why)
{
	ssize_t size = strlen(record->value) == record->size ? decode_base64(record->value) : -1;
	if (size < 0 || !decode_url(name))
		return refuse_header(why, "an extended attribute is not encoded as libarchive does");
	return add_xattr(pax, name, record->value, (size_t)size, why);
}

static bool read_number(const struct record *record, uint64_t most, uint64_t *number)
{
	return tar_decimal(record->value, record->size, most, number);
}

static bool read_id(const struct record *record, bool *has, uint32_t *id)
{
	uint64_t number;
	// 2^32 - 1 means "leave it" to chown(2).
	*has = read_number(record, UINT32_MAX - 1, &number);
	*id = *has ? (uint32_t)number : 0;
	return *has;
}

// GNU.sparse.map (0.1): offset,length,offset,length,…
static int read_sparse_map(struct tar_pax *pax, const char *map, struct failure *why)
{
	while (*map) {
		uint64_t offset, length;
		size_t digits = strcspn(map, ",");
		if (!tar_decimal(map, digits, INT64_MAX, &offset) || !map[digits])
			return refuse_header(why, "a sparse file's map is damaged");
		map += digits + 1;
		digits = strcspn(map, ",");
		if (!tar_decimal(map, digits, INT64_MAX, &length))
			return refuse_header(why, "a sparse file's map is damaged");
		map += digits + (map[digits] != '\0');
		if (pax_add_extent(pax, offset, length, why))
			return -1;
	}
	return 0;
}

static int read_sparse(struct tar_pax *pax, const struct record *record, const char *key, struct failure *why)
{
	uint64_t number = 0;
	bool decimal = read_number(record, INT64_MAX, &number);
	if (!strcmp(key, "name")) {
		pax->sparse_name = record->value;
		return 0;
	}
	pax->has_sparse = true;
	if (!strcmp(key, "map"))
		return read_sparse_map(pax, record->value, why);
	if (!decimal)
		return refuse_header(why, "a sparse file's header has no number where one belongs");
	if (!strcmp(key, "major"))
		pax->sparse_map_in_data = number >= 1;
	if ((!strcmp(key, "major") && number > 1) || (!strcmp(key, "minor") && number > 1))
		return refuse_header(why, "a sparse file is of an unknown kind");
	if (!strcmp(key, "size") || !strcmp(key, "realsize")) {
		pax->has_sparse_size = true;
		pax->sparse_size = number;
	}
	if (!strcmp(key, "offset")) {
		if (pax->extent_open)
			return refuse_header(why, "a sparse file's map is damaged");
		pax->extent_open = true;
		return pax_add_extent(pax, number, 0, why);
	}
	if (!strcmp(key, "numbytes")) {
		if (!pax->extent_open)
			return refuse_header(why, "a sparse file's map is damaged");
		pax->extent_open = false;
		pax->extents[pax->extent_count - 1].length = number;
	}
	return 0;
}

static int read_text(const struct record *record, const char **text, struct failure *why)
{
	if (strlen(record->value) != record->size)
		return refuse_header(why, "a path holds a NUL byte");
	*text = record->size ? record->value : NULL;
	return 0;
}

// The key's rest behind a prefix, or null.
static char *behind(char *key, const char *prefix)
{
	size_t length = strlen(prefix);
	return strncmp(key, prefix, length) ? NULL : key + length;
}

static int read_record(struct tar_pax *pax, struct record *record, struct failure *why)
{
	char *key = record->key;
	char *rest;
	if (!strcmp(key, "path"))
		return read_text(record, &pax->path, why);
	if (!strcmp(key, "linkpath"))
		return read_text(record, &pax->link, why);
	if ((rest = behind(key, "SCHILY.xattr.")))
		return add_xattr(pax, rest, record->value, record->size, why);
	if ((rest = behind(key, "LIBARCHIVE.xattr.")))
		return read_libarchive_xattr(pax, record, rest, why);
	if (record->size == 0)
		return 0; // POSIX: as if the record were not there
	if ((rest = behind(key, "GNU.sparse.")))
		return read_sparse(pax, record, rest, why);
	if (!strcmp(key, "size")) {
		pax->has_size = read_number(record, INT64_MAX, &pax->size);
		return pax->has_size ? 0 : refuse_header(why, "its size is no number");
	}
	if (!strcmp(key, "uid"))
		return read_id(record, &pax->has_uid, &pax->uid) ? 0 : refuse_header(why, "its uid is no user's id");
	if (!strcmp(key, "gid"))
		return read_id(record, &pax->has_gid, &pax->gid) ? 0 : refuse_header(why, "its gid is no group's id");
	if (!strcmp(key, "mtime")) {
		pax->has_mtime = strlen(record->value) == record->size &&
			read_time(record->value, &pax->mtime, &pax->mtime_ns);
		return pax->has_mtime ? 0 : refuse_header(why, "its mtime is no time");
	}
	return 0;
}

// `LENGTH KEY=VALUE\n`, where LENGTH counts all of it. Advances `at`.
static bool next_record(char **at, const char *end, struct record *record)
{
	size_t left = (size_t)(end - *at);
	char *space = memchr(*at, ' ', left < 20 ? left : 20);
	uint64_t length;
	if (!space || !tar_decimal(*at, (size_t)(space - *at), left, &length))
		return false;
	size_t head = (size_t)(space + 1 - *at);
	if (length < head + 2 || (*at)[length - 1] != '\n')
		return false;
	char *body = space + 1;
	char *finish = *at + length - 1;
	char *equals = memchr(body, '=', (size_t)(finish - body));
	if (!equals || equals == body || memchr(body, '\0', (size_t)(equals - body)))
		return false;
	*equals = '\0';
	*finish = '\0';
	*record = (struct record){ body, equals + 1, (size_t)(finish - equals - 1) };
	*at = finish + 1;
	return true;
}

int pax_read(struct tar_pax *pax, char *text, size_t size, struct failure *why)
{
	pax_release(pax);
	pax->text = text;
	char *at = text;
	const char *end = text + size;
	while (at < end) {
		struct record record;
		if (!next_record(&at, end, &record))
			return refuse_header(why, "a record is not LENGTH KEY=VALUE");
		if (read_record(pax, &record, why))
			return -1;
	}
	if (pax->extent_open)
		return refuse_header(why, "a sparse file's map is damaged");
	return 0;
}

void pax_release(struct tar_pax *pax)
{
	free(pax->text);
	free(pax->xattrs);
	free(pax->extents);
	*pax = (struct tar_pax){ 0 };
}
