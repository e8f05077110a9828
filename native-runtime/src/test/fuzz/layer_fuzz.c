// Feeds a layer's bytes to everything that reads them: decoder, tar reader, extended headers, sparse maps, paths. For
// libFuzzer: `make fuzz` beside the sources, or with a main of its own to try one input again.
#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "decode.h"
#include "extract_path.h"
#include "tar.h"
#include "tar_header.h"

enum { MOST_DECODED = 64 << 20 }; // a fuzzer finds bombs quickly; that they are slow is known

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned seed);

static volatile unsigned sink;

static void repair_checksum(struct tar_header *header)
{
	unsigned sum = 0;
	memset(header->checksum, ' ', sizeof header->checksum);
	for (size_t i = 0; i < TAR_BLOCK_SIZE; i++)
		sum += ((unsigned char *)header)[i];
	char text[16];
	snprintf(text, sizeof text, "%06o", sum);
	memcpy(header->checksum, text, 7);
}

// Mutates, and lets the checksums of headers fit most times: else nothing but checksums would be tried.
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned seed)
{
	size = LLVMFuzzerMutate(bytes, size, room);
	for (size_t at = 0; seed % 8 && at + TAR_BLOCK_SIZE <= size; at += TAR_BLOCK_SIZE) {
		struct tar_header header;
		memcpy(&header, bytes + at, sizeof header);
		if (header_is_posix(&header) || header_is_gnu(&header)) {
			repair_checksum(&header);
			memcpy(bytes + at, &header, sizeof header);
		}
	}
	return size;
}

static void look_at(const struct tar_entry *entry)
{
	struct failure why = { 0 };
	char clean[LONGEST_PATH];
	if (!path_clean(entry->path, clean, &why)) {
		size_t leaf = path_leaf(clean);
		if (leaf > strlen(clean) || clean[0] == '/' || strstr(clean, "/../"))
			abort();
		if (!strcmp(clean, "..") || !strncmp(clean, "../", 3))
			abort();
		if (whiteout_in(clean) == WHITEOUT_NAME && !*whiteout_target(clean + leaf))
			abort();
	}
	sink += (unsigned)strlen(entry->link);
	uint64_t end = 0;
	for (size_t i = 0; entry->sparse && i < entry->extent_count; i++) {
		if (entry->extents[i].offset < end || entry->extents[i].length > entry->size - entry->extents[i].offset)
			abort();
		end = entry->extents[i].offset + entry->extents[i].length;
	}
	for (size_t i = 0; i < entry->xattr_count; i++)
		for (size_t at = 0; at < entry->xattrs[i].size; at++)
			sink += (unsigned char)entry->xattrs[i].value[at];
}

static void read_all(struct decoder *decoder, struct tar_reader *tar)
{
	struct failure why = { 0 };
	struct tar_entry entry;
	while (decoder_produced(decoder) < MOST_DECODED && tar_next(tar, &entry, &why) > 0) {
		look_at(&entry);
		const unsigned char *data;
		ssize_t count;
		while (decoder_produced(decoder) < MOST_DECODED && (count = tar_data(tar, &data, &why)) > 0)
			sink += data[count - 1];
	}
	unsigned char digest[DECODE_DIGEST_SIZE];
	if (decoder_produced(decoder) < MOST_DECODED && !decoder_drain(decoder, &why))
		decoder_digest(decoder, digest);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	int fd = memfd_create("layer", MFD_CLOEXEC);
	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || lseek(fd, 0, SEEK_SET))
		abort();
	struct decoder *decoder = decoder_new(fd, DECODE_AUTO);
	struct tar_reader *tar = decoder ? tar_new(decoder) : NULL;
	if (tar)
		read_all(decoder, tar);
	tar_free(tar);
	decoder_free(decoder);
	close(fd);
	return 0;
}
