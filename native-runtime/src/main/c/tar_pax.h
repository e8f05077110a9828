// One entry's extended header (POSIX.1 pax, and what GNU tar, star and libarchive add to it).
#ifndef DARSENA_TAR_PAX_H
#define DARSENA_TAR_PAX_H

#include "tar.h"

// Null or false: the header does not say. Text ends in NUL and points into `text`.
struct tar_pax {
	char *text;
	const char *path, *link;
	bool has_size, has_uid, has_gid, has_mtime;
	uint64_t size;
	uint32_t uid, gid;
	int64_t mtime;
	uint32_t mtime_ns;
	struct tar_xattr *xattrs;
	size_t xattr_count, xattr_room;
	// GNU sparse files: 0.0 and 0.1 tell the map here, 1.0 at the head of the data.
	const char *sparse_name;
	bool has_sparse, sparse_map_in_data, has_sparse_size;
	uint64_t sparse_size;
	struct tar_extent *extents;
	size_t extent_count, extent_room;
	bool extent_open; // an offset whose length is still to come
};

// Takes `text` (`size` bytes and room for one more, from malloc) whatever the outcome. 0 or -1.
int pax_read(struct tar_pax *pax, char *text, size_t size, struct failure *why);
void pax_release(struct tar_pax *pax);

// Adds a run to a sparse file's map.
int pax_add_extent(struct tar_pax *pax, uint64_t offset, uint64_t length, struct failure *why);

// Decimal digits only, `length` of them, at most `most`.
bool tar_decimal(const char *text, size_t length, uint64_t most, uint64_t *number);

#endif
