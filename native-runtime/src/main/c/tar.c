#include "tar.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "owned.h"
#include "tar_reader.h"

enum {
	MOST_SPECIAL = 1 << 20, // a long name or an extended header; Go's reader has the same bound
	MOST_UNUSED = 1 << 30,  // well compressed, nothing could take for ever to pass over
};

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

int tar_read_block(struct tar_reader *reader, void *block, struct failure *why)
{
	ssize_t count = decoder_fill(reader->source, TAR_BLOCK_SIZE, why);
	if (count < 0)
		return -1;
	if (count == 0)
		return 0;
	if (count < TAR_BLOCK_SIZE)
		return refuse_tar(why, "it ends inside a block");
	memcpy(block, decoder_bytes(reader->source), TAR_BLOCK_SIZE);
	decoder_take(reader->source, TAR_BLOCK_SIZE);
	return 1;
}

int tar_skip(struct tar_reader *reader, uint64_t count, struct failure *why)
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
	if (data > MOST_UNUSED - reader->unused)
		return refuse_tar(why, "more than 1 GiB of it belongs to no file");
	reader->unused += data;
	return tar_skip(reader, data, why) || tar_skip(reader, padding, why) ? -1 : 0;
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
	reader->padding = (TAR_BLOCK_SIZE - size % TAR_BLOCK_SIZE) % TAR_BLOCK_SIZE;
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
static int read_meta(struct tar_reader *reader, const struct tar_header *header, uint64_t size, struct failure *why)
{
	switch (header->type) {
	case 'L':
		return read_long(reader, &reader->long_name, size, why) ? -1 : 1;
	case 'K':
		return read_long(reader, &reader->long_link, size, why) ? -1 : 1;
	case 'x':
		return read_extended(reader, size, why) ? -1 : 1;
	case 'g': // attributes for all entries: Docker and containerd pass over them
		if (size > MOST_SPECIAL)
			return refuse_tar(why, "a long name or an extended header is larger than 1 MiB");
		expect_data(reader, size);
		return skip_rest(reader, why) ? -1 : 1;
	default:
		return 0;
	}
}

static void copy_field(char *into, const char *field, size_t size)
{
	size_t length = strnlen(field, size);
	memcpy(into, field, length);
	into[length] = '\0';
}

static void find_names(struct tar_reader *reader, const struct tar_header *header, struct tar_entry *entry)
{
	char *name = reader->name;
	if (header_is_posix(header) && header->prefix[0]) {
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

static bool find_type(const struct tar_header *header, struct tar_entry *entry)
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

static int find_numbers(struct tar_reader *reader, const struct tar_header *header, struct tar_entry *entry,
			struct failure *why)
{
	const struct tar_pax *pax = &reader->pax;
	int64_t mode, uid = 0, gid = 0, mtime = 0, major = 0, minor = 0;
	if (!HEADER_NUMBER(header, mode, 0, INT64_MAX, &mode))
		return refuse(why, 0, "its mode is no number", "read", "%s", entry->path);
	if ((!pax->has_uid && !HEADER_NUMBER(header, uid, 0, UINT32_MAX - 1, &uid)) ||
	    (!pax->has_gid && !HEADER_NUMBER(header, gid, 0, UINT32_MAX - 1, &gid)))
		return refuse(why, 0, "its owner is no user's id", "read", "%s", entry->path);
	if (!pax->has_mtime && !HEADER_NUMBER(header, mtime, INT64_MIN / 4, INT64_MAX / 4, &mtime))
		return refuse(why, 0, "its time is no number", "read", "%s", entry->path);
	bool device = entry->type == TAR_CHARACTER || entry->type == TAR_BLOCK;
	if (device && (!HEADER_NUMBER(header, major, 0, (1 << 12) - 1, &major) || !HEADER_NUMBER(header, minor, 0, (1 << 20) - 1, &minor)))
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

static int find_data(struct tar_reader *reader, const struct tar_header *header, uint64_t size, struct tar_entry *entry,
		     struct failure *why)
{
	struct tar_pax *pax = &reader->pax;
	entry->size = size;
	if (header->type == 'S' && sparse_read_gnu_map(reader, header, why))
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
	if (pax->sparse_map_in_data && sparse_read_data_map(reader, why))
		return -1;
	return sparse_check_map(reader, entry, why);
}

// Reads on to a header that is not zero. 1, or 0 at the end of the archive, or -1.
static int read_header(struct tar_reader *reader, struct tar_header *header, struct failure *why)
{
	int there = tar_read_block(reader, header, why);
	if (there <= 0)
		return there;
	if (header_is_zero(header)) {
		there = tar_read_block(reader, header, why);
		if (there > 0 && !header_is_zero(header))
			return refuse_tar(why, "something follows the first of the two blocks at its end");
		return there < 0 ? -1 : 0;
	}
	if (!header_checksum_fits(header))
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
		struct tar_header header;
		int there = read_header(reader, &header, why);
		if (there == 0 && meta)
			return refuse_tar(why, "it ends between an extended header and its entry");
		if (there <= 0)
			return there;
		int64_t size;
		if (!HEADER_NUMBER(&header, size, 0, INT64_MAX, &size))
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
