// The list of a layer's entries that layer views read: one line an entry, as the protocol's last section says.
#ifndef DARSENA_INDEX_H
#define DARSENA_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct index_line {
	char type; // f d l h c b p, w whiteout, o opaque directory
	uint32_t mode, uid, gid;
	uint64_t size;
	int64_t mtime;
	uint32_t mtime_ns;
	bool implied, xattrs, skipped;
	bool same; // as the layers below show it
	const char *path;
	const char *link; // may be empty
};

struct index_file;

// Writes to `fd`, which stays the caller's. Null with errno.
struct index_file *index_new(int fd);
void index_free(struct index_file *index);

static inline void index_owned(struct index_file **index)
{
	index_free(*index);
}

enum { INDEX_LARGEST_ATTRIBUTE = 8 << 10 };

// 0, or -1 with errno.
int index_add(struct index_file *index, const struct index_line *line);

// An extended attribute of the directory whose line came last; a larger one than INDEX_LARGEST_ATTRIBUTE is left out.
int index_add_attribute(struct index_file *index, const char *name, const void *value, size_t size);
int index_flush(struct index_file *index);

// Calls `visit` with the path and time of every directory line that an entry made, in order. 0, or -1 with errno.
int index_directories(struct index_file *index, void (*visit)(void *context, const char *path, int64_t mtime, uint32_t mtime_ns),
		      void *context);

#endif
