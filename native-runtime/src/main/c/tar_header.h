// One header block of a tar, as it lies in the archive.
#ifndef DARSENA_TAR_HEADER_H
#define DARSENA_TAR_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { TAR_BLOCK_SIZE = 512, SPARSE_IN_HEADER = 4 };

// The header block; the last part differs between POSIX and GNU.
struct tar_header {
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

_Static_assert(sizeof(struct tar_header) == TAR_BLOCK_SIZE, "a tar header is one block");

// A number field: octal between spaces and NULs, an empty one being 0, or GNU's base-256. False: it is none, or not between
// `least` and `most`.
bool header_number(const char *field, size_t size, int64_t least, int64_t most, int64_t *number);

#define HEADER_NUMBER(header, name, least, most, number) \
	header_number((header)->name, sizeof (header)->name, least, most, number)

bool header_checksum_fits(const struct tar_header *header);

bool header_is_zero(const struct tar_header *header);

static inline bool header_is_posix(const struct tar_header *header)
{
	return !memcmp(header->magic, "ustar\0", 6);
}

static inline bool header_is_gnu(const struct tar_header *header)
{
	return !memcmp(header->magic, "ustar  ", 8);
}

#endif
