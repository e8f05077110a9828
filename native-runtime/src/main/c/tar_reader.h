// What the parts of the tar reader share: tar.c and tar_sparse.c.
#ifndef DARSENA_TAR_READER_H
#define DARSENA_TAR_READER_H

#include "tar.h"
#include "tar_header.h"
#include "tar_pax.h"

struct tar_reader {
	struct decoder *source;
	uint64_t data_left; // of the current entry, in the stream
	uint64_t padding;   // behind it
	uint64_t unused;    // bytes so far that belong to no file
	char *long_name, *long_link;
	char name[256 + 2];
	char link[100 + 1];
	struct tar_pax pax;
};

// A refusal of the archive as a whole. -1.
static inline int refuse_tar(struct failure *why, const char *reason)
{
	return refuse(why, 0, reason, "read", "the layer's tar");
}

// 1 with a block, 0 at the end of the stream, -1.
int tar_read_block(struct tar_reader *reader, void *block, struct failure *why);

// Passes over bytes of the stream. 0 or -1.
int tar_skip(struct tar_reader *reader, uint64_t count, struct failure *why);

// The old GNU way: four runs in the header, 21 in each block that follows. Adds them to the entry's extended header.
int sparse_read_gnu_map(struct tar_reader *reader, const struct tar_header *header, struct failure *why);

// GNU sparse 1.0: the number of runs, then each one's offset and length, in the entry's data, padded to a block.
int sparse_read_data_map(struct tar_reader *reader, struct failure *why);

// Gives the entry its map. The runs must be in order, apart, inside the file, and together as long as the data.
int sparse_check_map(struct tar_reader *reader, struct tar_entry *entry, struct failure *why);

#endif
