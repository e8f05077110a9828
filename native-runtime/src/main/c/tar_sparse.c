#include "tar_reader.h"

enum { SPARSE_IN_BLOCK = 21 };

// One pair of an old GNU map. 1: taken, 0: the map's end, -1.
static int read_gnu_extent(struct tar_reader *reader, const char *pair, struct failure *why)
{
	int64_t offset, length;
	if (!pair[0])
		return 0;
	if (!header_number(pair, 12, 0, INT64_MAX, &offset) || !header_number(pair + 12, 12, 0, INT64_MAX, &length))
		return refuse_tar(why, "a sparse file's map is damaged");
	return pax_add_extent(&reader->pax, (uint64_t)offset, (uint64_t)length, why) ? -1 : 1;
}

int sparse_read_gnu_map(struct tar_reader *reader, const struct tar_header *header, struct failure *why)
{
	if (!header_is_gnu(header))
		return refuse_tar(why, "a sparse file has no GNU header");
	int64_t size;
	if (!HEADER_NUMBER(header, gnu.real_size, 0, INT64_MAX, &size))
		return refuse_tar(why, "a sparse file's size is no number");
	reader->pax.has_sparse = reader->pax.has_sparse_size = true;
	reader->pax.sparse_size = (uint64_t)size;
	int state = 1;
	for (int i = 0; i < SPARSE_IN_HEADER && state > 0; i++)
		state = read_gnu_extent(reader, header->gnu.sparse[i], why);
	bool more = header->gnu.extended != 0;
	while (more && state >= 0) {
		char block[TAR_BLOCK_SIZE];
		int there = tar_read_block(reader, block, why);
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

int sparse_read_data_map(struct tar_reader *reader, struct failure *why)
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
	uint64_t used = before - reader->data_left, rest = (TAR_BLOCK_SIZE - used % TAR_BLOCK_SIZE) % TAR_BLOCK_SIZE;
	if (rest > reader->data_left)
		return refuse_tar(why, "a sparse file's map is damaged");
	reader->data_left -= rest;
	return tar_skip(reader, rest, why);
}

int sparse_check_map(struct tar_reader *reader, struct tar_entry *entry, struct failure *why)
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
