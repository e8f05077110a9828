#include "tar.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "owned.h"
#include "tar_pax.h"

enum {
	BLOCK = 512,
	MOST_SPECIAL = 1 << 20, // a long name or an extended header; Go's reader has the same bound
	SPARSE_IN_HEADER = 4,
	SPARSE_IN_BLOCK = 21,
};

// The header block; the last part differs between POSIX and GNU.
struct header {
	char name[100];
	char mode[8];
	char uid[8];
	char gid[8];
	char size[12];
	char mtime[12];
	char checksum[8];
	char type;
	char link[100];
	char magic[8];
	char owner[32];
	char group[32];
	char major[8];
	char minor[8];
	union {
		char prefix[155];
		struct {
			char times[24];
			char unused[17];
			char sparse[SPARSE_IN_HEADER][24];
			char extended;
			char real_size[12];
		} gnu;
	};
	char padding[12];
};

_Static_assert(sizeof(struct header) == BLOCK, "a tar header is one block");

struct tar_reader {
	struct decoder *source;
	uint64_t data_left; // of the current entry, in the stream
	uint64_t padding;   // behind it
	char *long_name, *long_link;
	char name[256 + 2];
	char link[sizeof((struct header *)0)->link + 1];
	struct tar_pax pax;
};

static int refuse_tar(struct failure *why, const char *reason)
{
	return refuse(why, 0, reason, "read", "the layer's tar");
}

static int no_memory(struct failure *why)
{
	return fail_with(why, ENOMEM, NULL, "read", "the layer's tar");
}

struct tar_reader *tar_new(struct decoder *source)
{
	struct tar_reader *reader = calloc(1, sizeof *reader);
	if (reader)
		reader->source = source;
	return reader;
}

void tar_free(struct tar_reader *reader)
{
	if (!reader)
		return;
	free(reader->long_name);
	free(reader->long_link);
	pax_release(&reader->pax);
	free(reader);
}

// Base-256 (GNU): the first bit is set, the rest is a big-endian number in two's complement.
static bool read_binary(const char *field, size_t size, int64_t *number)
{
	bool negative = (field[0] & 0x40) != 0;
	unsigned char inverted = negative ? 0xff : 0;
	uint64_t value = 0;
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)field[i] ^ inverted;
		if (i == 0)
			byte &= 0x7f;
		if (value >> 56)
			return false;
		value = value << 8 | byte;
	}
	if (value >> 63)
		return false;
	*number = negative ? -(int64_t)value - 1 : (int64_t)value;
	return true;
}

// A field of a header: octal between spaces and NULs, an empty one being 0, or base-256.
static bool read_number(const char *field, size_t size, int64_t least, int64_t most, int64_t *number)
{
	if ((unsigned char)field[0] & 0x80) {
		if (!read_binary(field, size, number))
			return false;
		return *number >= least && *number <= most;
	}
	size_t i = 0;
	while (i < size && (field[i] == ' ' || field[i] == '\0'))
		i++;
	int64_t value = 0; // at most 12 octal digits: no overflow
	for (; i < size && field[i] >= '0' && field[i] <= '7'; i++)
		value = value * 8 + (field[i] - '0');
	for (; i < size; i++)
		if (field[i] != ' ' && field[i] != '\0')
			return false;
	*number = value;
	return value >= least && value <= most;
}

static bool checksum_fits(const struct header *header)
{
	const unsigned char *bytes = (const unsigned char *)header;
	size_t start = offsetof(struct header, checksum);
	int64_t plain = 0, with_sign = 0, stored;
	for (size_t i = 0; i < BLOCK; i++) {
		unsigned char byte = i >= start && i < start + sizeof header->checksum ? ' ' : bytes[i];
		plain += byte;
		with_sign += (signed char)byte; // old tars added signed bytes
	}
	return read_number(header->checksum, sizeof header->checksum, 0, INT64_MAX, &stored) &&
		(stored == plain || stored == with_sign);
}

static bool is_zero(const unsigned char *block)
{
	for (size_t i = 0; i < BLOCK; i++)
		if (block[i])
			return false;
	return true;
}

// 1 with a block, 0 at the end of the stream, -1.
static int read_block(struct tar_reader *reader, void *block, struct failure *why)
{
	ssize_t count = decoder_fill(reader->source, BLOCK, why);
	if (count < 0)
		return -1;
	if (count == 0)
		return 0;
	if (count < BLOCK)
		return refuse_tar(why, "it ends inside a block");
	memcpy(block, decoder_bytes(reader->source), BLOCK);
	decoder_take(reader->source, BLOCK);
	return 1;
}

static int skip(struct tar_reader *reader, uint64_t count, struct failure *why)
{
	while (count > 0) {
		ssize_t there = decoder_fill(reader->source, 1, why);
		if (there < 0)
			return -1;
		if (there == 0)
			return refuse_tar(why, "it ends inside an entry");
		size_t step = (uint64_t)there < count ? (size_t)there : (size_t)count;
		decoder_take(reader->source, step);
		count -= step;
	}
	return 0;
}

static int skip_rest(struct tar_reader *reader, struct failure *why)
{
	uint64_t data = reader->data_left, padding = reader->padding;
	reader->data_left = reader->padding = 0;
	return skip(reader, data, why) || skip(reader, padding, why) ? -1 : 0;
}

ssize_t tar_data(struct tar_reader *reader, const unsigned char **bytes, struct failure *why)
{
	if (reader->data_left == 0)
		return 0;
	ssize_t there = decoder_fill(reader->source, 1, why);
	if (there < 0)
		return -1;
	if (there == 0)
		return refuse_tar(why, "it ends inside an entry");
	size_t count = (uint64_t)there < reader->data_left ? (size_t)there : (size_t)reader->data_left;
	*bytes = decoder_bytes(reader->source);
	decoder_take(reader->source, count);
	reader->data_left -= count;
	return (ssize_t)count;
}

static void expect_data(struct tar_reader *reader, uint64_t size)
{
	reader->data_left = size;
	reader->padding = (BLOCK - size % BLOCK) % BLOCK;
}

// The data of a long name or an extended header, with a NUL behind it.
static char *read_special(struct tar_reader *reader, uint64_t size, struct failure *why)
{
	if (size > MOST_SPECIAL) {
		refuse_tar(why, "a long name or an extended header is larger than 1 MiB");
		return NULL;
	}
	OWNED_MEMORY char *text = malloc((size_t)size + 1);
	if (!text) {
		no_memory(why);
		return NULL;
	}
	expect_data(reader, size);
	size_t used = 0;
	const unsigned char *bytes;
	ssize_t count;
	while ((count = tar_data(reader, &bytes, why)) > 0) {
		memcpy(text + used, bytes, (size_t)count);
		used += (size_t)count;
	}
	if (count < 0 || skip_rest(reader, why))
		return NULL;
	text[used] = '\0';
	char *result = text;
	text = NULL;
	return result;
}

static int read_long(struct tar_reader *reader, char **name, uint64_t size, struct failure *why)
{
	char *text = read_special(reader, size, why);
	if (!text)
		return -1;
	free(*name);
	*name = text;
	return 0;
}

static int read_extended(struct tar_reader *reader, uint64_t size, struct failure *why)
{
	char *text = read_special(reader, size, why);
	return text ? pax_read(&reader->pax, text, (size_t)size, why) : -1;
}

// What a header of this type does to the stream: names and attributes for the next entry. 1: it was one of them.
static int read_meta(struct tar_reader *reader, const struct header *header, uint64_t size, struct failure *why)
{
	switch (header->type) {
	case 'L':
		return read_long(reader, &reader->long_name, size, why) ? -1 : 1;
	case 'K':
		return read_long(reader, &reader->long_link, size, why) ? -1 : 1;
	case 'x':
		return read_extended(reader, size, why) ? -1 : 1;
	case 'g': // attributes for all entries: Docker and containerd pass over them
		expect_data(reader, size);
		return skip_rest(reader, why) ? -1 : 1;
	default:
		return 0;
	}
}

static bool is_posix(const struct header *header)
{
	return !memcmp(header->magic, "ustar\0", 6);
}

static bool is_gnu(const struct header *header)
{
	return !memcmp(header->magic, "ustar  ", 8);
}

static void copy_field(char *into, const char *field, size_t size)
{
	size_t length = strnlen(field, size);
	memcpy(into, field, length);
	into[length] = '\0';
}

static void find_names(struct tar_reader *reader, const struct header *header, struct tar_entry *entry)
{
	char *name = reader->name;
	if (is_posix(header) && header->prefix[0]) {
		copy_field(name, header->prefix, sizeof header->prefix);
		name += strlen(name);
		*name++ = '/';
	}
	copy_field(name, header->name, sizeof header->name);
	copy_field(reader->link, header->link, sizeof header->link);
	const struct tar_pax *pax = &reader->pax;
	entry->path = reader->long_name ? reader->long_name
		: pax->sparse_name	? pax->sparse_name
		: pax->path		? pax->path
					: reader->name;
	entry->link = reader->long_link ? reader->long_link : pax->link ? pax->link : reader->link;
}

static bool find_type(const struct header *header, struct tar_entry *entry)
{
	switch (header->type) {
	case '\0':
	case '0':
	case '7': {
		// Tars from before POSIX end a directory's name with a slash.
		size_t length = strlen(entry->path);
		entry->type = length && entry->path[length - 1] == '/' ? TAR_DIRECTORY : TAR_FILE;
		return true;
	}
	case 'S':
		entry->type = TAR_FILE;
		return true;
	case '1':
		entry->type = TAR_HARDLINK;
		return true;
	case '2':
		entry->type = TAR_SYMLINK;
		return true;
	case '3':
		entry->type = TAR_CHARACTER;
		return true;
	case '4':
		entry->type = TAR_BLOCK;
		return true;
	case '5':
		entry->type = TAR_DIRECTORY;
		return true;
	case '6':
		entry->type = TAR_FIFO;
		return true;
	default:
		return false;
	}
}

#define FIELD(header, name, least, most, number) \
	read_number((header)->name, sizeof (header)->name, least, most, number)

static int find_numbers(struct tar_reader *reader, const struct header *header, struct tar_entry *entry,
			struct failure *why)
{
	const struct tar_pax *pax = &reader->pax;
	int64_t mode, uid = 0, gid = 0, mtime = 0, major = 0, minor = 0;
	if (!FIELD(header, mode, 0, INT64_MAX, &mode))
		return refuse(why, 0, "its mode is no number", "read", "%s", entry->path);
	if ((!pax->has_uid && !FIELD(header, uid, 0, UINT32_MAX - 1, &uid)) ||
	    (!pax->has_gid && !FIELD(header, gid, 0, UINT32_MAX - 1, &gid)))
		return refuse(why, 0, "its owner is no user's id", "read", "%s", entry->path);
	if (!pax->has_mtime && !FIELD(header, mtime, INT64_MIN / 4, INT64_MAX / 4, &mtime))
		return refuse(why, 0, "its time is no number", "read", "%s", entry->path);
	bool device = entry->type == TAR_CHARACTER || entry->type == TAR_BLOCK;
	if (device && (!FIELD(header, major, 0, (1 << 12) - 1, &major) || !FIELD(header, minor, 0, (1 << 20) - 1, &minor)))
		return refuse(why, 0, "its device number is out of range", "read", "%s", entry->path);
	entry->mode = (uint32_t)mode & 07777;
	entry->uid = pax->has_uid ? pax->uid : (uint32_t)uid;
	entry->gid = pax->has_gid ? pax->gid : (uint32_t)gid;
	entry->mtime = pax->has_mtime ? pax->mtime : mtime;
	entry->mtime_ns = pax->has_mtime ? pax->mtime_ns : 0;
	entry->major = (uint32_t)major;
	entry->minor = (uint32_t)minor;
	entry->xattrs = pax->xattrs;
	entry->xattr_count = pax->xattr_count;
	return 0;
}

// One pair of an old GNU map. 1: taken, 0: the map's end, -1.
static int read_gnu_extent(struct tar_reader *reader, const char *pair, struct failure *why)
{
	int64_t offset, length;
	if (!pair[0])
		return 0;
	if (!read_number(pair, 12, 0, INT64_MAX, &offset) || !read_number(pair + 12, 12, 0, INT64_MAX, &length))
		return refuse_tar(why, "a sparse file's map is damaged");
	return pax_add_extent(&reader->pax, (uint64_t)offset, (uint64_t)length, why) ? -1 : 1;
}

// The old GNU way: four runs in the header, 21 in each block that follows.
static int read_gnu_map(struct tar_reader *reader, const struct header *header, struct failure *why)
{
	if (!is_gnu(header))
		return refuse_tar(why, "a sparse file has no GNU header");
	int64_t size;
	if (!FIELD(header, gnu.real_size, 0, INT64_MAX, &size))
		return refuse_tar(why, "a sparse file's size is no number");
	reader->pax.has_sparse = reader->pax.has_sparse_size = true;
	reader->pax.sparse_size = (uint64_t)size;
	int state = 1;
	for (int i = 0; i < SPARSE_IN_HEADER && state > 0; i++)
		state = read_gnu_extent(reader, header->gnu.sparse[i], why);
	bool more = header->gnu.extended != 0;
	while (more && state >= 0) {
		char block[BLOCK];
		int there = read_block(reader, block, why);
		if (there <= 0)
			return there < 0 ? -1 : refuse_tar(why, "it ends inside a sparse file's map");
		state = 1;
		for (int i = 0; i < SPARSE_IN_BLOCK && state > 0; i++)
			state = read_gnu_extent(reader, block + (size_t)i * 24, why);
		more = block[SPARSE_IN_BLOCK * 24] != 0;
	}
	return state < 0 ? -1 : 0;
}

// One decimal number and its line feed, out of the data of the entry; it may run over a block's end.
static int read_line_number(struct tar_reader *reader, uint64_t *number, struct failure *why)
{
	char digits[21];
	size_t used = 0;
	while (reader->data_left > 0) {
		if (decoder_fill(reader->source, 1, why) < 1)
			return refuse_tar(why, "it ends inside a sparse file's map");
		char c = (char)decoder_bytes(reader->source)[0];
		decoder_take(reader->source, 1);
		reader->data_left--;
		if (c == '\n')
			return tar_decimal(digits, used, INT64_MAX, number) ? 0
									    : refuse_tar(why, "a sparse file's map is damaged");
		if (used == sizeof digits - 1)
			break;
		digits[used++] = c;
	}
	return refuse_tar(why, "a sparse file's map is damaged");
}

// GNU sparse 1.0: the number of runs, then each one's offset and length, padded to a block.
static int read_data_map(struct tar_reader *reader, struct failure *why)
{
	uint64_t before = reader->data_left, count;
	if (read_line_number(reader, &count, why))
		return -1;
	for (uint64_t i = 0; i < count; i++) {
		uint64_t offset, length;
		if (read_line_number(reader, &offset, why) || read_line_number(reader, &length, why) ||
		    pax_add_extent(&reader->pax, offset, length, why))
			return -1;
	}
	uint64_t used = before - reader->data_left, rest = (BLOCK - used % BLOCK) % BLOCK;
	if (rest > reader->data_left)
		return refuse_tar(why, "a sparse file's map is damaged");
	reader->data_left -= rest;
	return skip(reader, rest, why);
}

// The runs must be in order, apart, inside the file, and together as long as the data.
static int check_map(struct tar_reader *reader, struct tar_entry *entry, struct failure *why)
{
	const struct tar_pax *pax = &reader->pax;
	uint64_t end = 0, sum = 0;
	for (size_t i = 0; i < pax->extent_count; i++) {
		const struct tar_extent *extent = &pax->extents[i];
		if (extent->offset < end || extent->length > entry->size || extent->offset > entry->size - extent->length)
			return refuse(why, 0, "its sparse map does not fit its size", "read", "%s", entry->path);
		end = extent->offset + extent->length;
		sum += extent->length;
	}
	if (sum != reader->data_left)
		return refuse(why, 0, "its sparse map does not fit its data", "read", "%s", entry->path);
	entry->sparse = true;
	entry->extents = pax->extents;
	entry->extent_count = pax->extent_count;
	return 0;
}

static int find_data(struct tar_reader *reader, const struct header *header, uint64_t size, struct tar_entry *entry,
		     struct failure *why)
{
	struct tar_pax *pax = &reader->pax;
	entry->size = size;
	if (header->type == 'S' && read_gnu_map(reader, header, why))
		return -1;
	// Entries that are a header only have no data, whatever size they tell: so Go reads them, hence Docker.
	bool has_data = entry->type == TAR_FILE || header->type == '0' || header->type == '\0' || header->type == '7';
	if (has_data)
		expect_data(reader, size);
	else
		entry->size = 0;
	if (entry->type != TAR_FILE || !pax->has_sparse)
		return 0;
	if (!pax->has_sparse_size)
		return refuse(why, 0, "it is sparse and its size is not told", "read", "%s", entry->path);
	entry->size = pax->sparse_size;
	if (pax->sparse_map_in_data && read_data_map(reader, why))
		return -1;
	return check_map(reader, entry, why);
}

// Reads on to a header that is not zero. 1, or 0 at the end of the archive, or -1.
static int read_header(struct tar_reader *reader, struct header *header, struct failure *why)
{
	int there = read_block(reader, header, why);
	if (there <= 0)
		return there;
	if (is_zero((const unsigned char *)header)) {
		there = read_block(reader, header, why);
		if (there > 0 && !is_zero((const unsigned char *)header))
			return refuse_tar(why, "something follows the first of the two blocks at its end");
		return there < 0 ? -1 : 0;
	}
	if (!checksum_fits(header))
		return refuse_tar(why, "a header's checksum does not fit: it is no tar, or it is damaged");
	return 1;
}

static void forget_meta(struct tar_reader *reader)
{
	free(reader->long_name);
	free(reader->long_link);
	reader->long_name = reader->long_link = NULL;
	pax_release(&reader->pax);
}

int tar_next(struct tar_reader *reader, struct tar_entry *entry, struct failure *why)
{
	if (skip_rest(reader, why))
		return -1;
	forget_meta(reader);
	bool meta = false;
	for (;;) {
		struct header header;
		int there = read_header(reader, &header, why);
		if (there == 0 && meta)
			return refuse_tar(why, "it ends between an extended header and its entry");
		if (there <= 0)
			return there;
		int64_t size;
		if (!FIELD(&header, size, 0, INT64_MAX, &size))
			return refuse_tar(why, "a size is no number");
		there = read_meta(reader, &header, (uint64_t)size, why);
		if (there < 0)
			return -1;
		if (there > 0) {
			meta |= header.type != 'g';
			continue;
		}
		*entry = (struct tar_entry){ 0 };
		find_names(reader, &header, entry);
		if (!find_type(&header, entry))
			return refuse(why, 0, "its type is unknown", "read", "%s (tar type '%c')", entry->path,
				      header.type >= ' ' && header.type <= '~' ? header.type : '?');
		if (reader->pax.has_size)
			size = (int64_t)reader->pax.size;
		if (find_numbers(reader, &header, entry, why))
			return -1;
		return find_data(reader, &header, (uint64_t)size, entry, why) ? -1 : 1;
	}
}
