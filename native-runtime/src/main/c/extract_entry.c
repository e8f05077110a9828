#define _GNU_SOURCE
#include "extract_entry.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "deep_path.h"
#include "extract_attributes.h"
#include "owned.h"
#include "tree.h"

#define LARGEST_FILE (UINT64_C(1) << 60)

// Layers are unpacked side by side, and others write too. So the disk is looked at before what is no small file, and after
// as many bytes of any.
enum { SMALL_FILE = 1 << 20, BYTES_PER_LOOK = 4 << 20 };

int entry_refuse(struct layer *layer, struct failure *why, const char *reason)
{
	return refuse(why, 0, reason, "extract", "%s", layer->path);
}

bool entry_is_whiteout(const struct stat *status)
{
	return S_ISCHR(status->st_mode) && status->st_rdev == makedev(0, 0);
}

int entry_replace(struct layer *layer, const char *leaf, struct failure *why)
{
	struct tree_failure failure;
	if (!tree_delete_at(layer->parent, leaf, &failure))
		return 0;
	return fail_with(why, failure.error, NULL, failure.operation, "%s (%s)", layer->path, failure.object);
}

static int refuse_full(const struct layer *layer, uint64_t data, struct failure *why)
{
	return fail_with(why, ENOSPC, NULL, "write", "%s (%llu bytes)", layer->path, (unsigned long long)data);
}

static int look_at_disk(struct layer *layer, size_t count, struct failure *why)
{
	layer->unseen += count;
	if (layer->unseen < BYTES_PER_LOOK)
		return 0;
	layer->unseen = 0;
	return layer_room(layer) < count ? refuse_full(layer, count, why) : 0;
}

static int write_all(struct layer *layer, int fd, const unsigned char *bytes, size_t count, struct failure *why)
{
	if (look_at_disk(layer, count, why))
		return -1;
	while (count > 0) {
		ssize_t written = write(fd, bytes, count);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return fail(why, "write", "%s", layer->path);
		bytes += written;
		count -= (size_t)written;
	}
	return 0;
}

static int write_data(struct layer *layer, int fd, struct tar_reader *tar, struct failure *why)
{
	const unsigned char *bytes;
	ssize_t count;
	while ((count = tar_data(tar, &bytes, why)) > 0)
		if (write_all(layer, fd, bytes, (size_t)count, why))
			return -1;
	return (int)count;
}

// The data is that of all runs in order; the reader has checked that they are together as long.
static int write_sparse(struct layer *layer, int fd, struct tar_reader *tar, const struct tar_entry *entry,
			struct failure *why)
{
	size_t next = 0;
	uint64_t left = 0;
	const unsigned char *bytes;
	ssize_t count;
	while ((count = tar_data(tar, &bytes, why)) > 0) {
		while (count > 0) {
			while (left == 0) {
				const struct tar_extent *extent = &entry->extents[next++];
				left = extent->length;
				if (left > 0 && lseek(fd, (off_t)extent->offset, SEEK_SET) < 0)
					return fail(why, "write", "%s", layer->path);
			}
			size_t part = (uint64_t)count < left ? (size_t)count : (size_t)left;
			if (write_all(layer, fd, bytes, part, why))
				return -1;
			bytes += part;
			count -= (ssize_t)part;
			left -= part;
		}
	}
	if (count == 0 && ftruncate(fd, (off_t)entry->size))
		return fail(why, "write", "%s", layer->path);
	return (int)count;
}

// Said before the first byte: what a layer writes in all, what is replaced again included, must have fit when it began,
// and this file must now.
static int check_room(struct layer *layer, const struct tar_entry *entry, struct failure *why)
{
	uint64_t data = entry->sparse ? 0 : entry->size;
	for (size_t i = 0; i < entry->extent_count; i++)
		data += entry->extents[i].length;
	if (data > LARGEST_FILE)
		return entry_refuse(layer, why, "it is larger than any file can be");
	if (data > layer->room - layer->written || (data > SMALL_FILE && data > layer_room(layer)))
		return refuse_full(layer, data, why);
	layer->written += data;
	return 0;
}

int entry_write_file(struct layer *layer, const char *leaf, struct tar_reader *tar, const struct tar_entry *entry,
		      struct failure *why)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	unsigned mode = entry->mode & 0777;
	if (check_room(layer, entry, why))
		return -1;
	OWNED_FD fd = openat(layer->parent, leaf, flags, mode);
	if (fd < 0 && errno == EEXIST) {
		if (entry_replace(layer, leaf, why))
			return -1;
		fd = openat(layer->parent, leaf, flags, mode);
	}
	if (fd < 0)
		return fail(why, "create", "%s", layer->path);
	if (entry->sparse ? write_sparse(layer, fd, tar, entry, why) : write_data(layer, fd, tar, why))
		return -1;
	layer->bytes += entry->size;
	return attributes_of_file(layer, fd, entry, mode, why);
}

int entry_write_hard_link(struct layer *layer, const char *leaf, const struct tar_entry *entry, struct failure *why)
{
	char target[LONGEST_PATH];
	struct stat status;
	if (path_clean(entry->link, target, why))
		return -1;
	OWNED_FD held = -1;
	const char *rest = target;
	int from = deep_reach(layer->root, &rest, 0, &held);
	if (!*rest || from < 0 || fstatat(from, rest, &status, AT_SYMLINK_NOFOLLOW) || entry_is_whiteout(&status))
		return entry_refuse(layer, why, "it is a hard link to what is not in this layer");
	if (S_ISDIR(status.st_mode))
		return entry_refuse(layer, why, "it is a hard link to a directory");
	if (!strcmp(target, layer->path))
		return 0; // a file that the archive holds twice
	if (!linkat(from, rest, layer->parent, leaf, 0))
		return 0;
	if (errno == EEXIST) {
		if (entry_replace(layer, leaf, why))
			return -1;
		if (!linkat(from, rest, layer->parent, leaf, 0))
			return 0;
		if (errno == ENOENT)
			return entry_refuse(layer, why, "it is a hard link to what it replaces");
	}
	return fail(why, "link", "%s", layer->path);
}

static int make_symlink(struct layer *layer, const char *leaf, const struct tar_entry *entry)
{
	return symlinkat(entry->link, layer->parent, leaf);
}

static int make_node(struct layer *layer, const char *leaf, const struct tar_entry *entry)
{
	unsigned kind = entry->type == TAR_FIFO ? S_IFIFO : entry->type == TAR_BLOCK ? S_IFBLK : S_IFCHR;
	dev_t device = entry->type == TAR_FIFO ? 0 : makedev(entry->major, entry->minor);
	return mknodat(layer->parent, leaf, kind | (entry->mode & 0777), device);
}

static int make_and_describe(struct layer *layer, const char *leaf, const struct tar_entry *entry,
		      int (*make)(struct layer *, const char *, const struct tar_entry *), struct failure *why)
{
	int result = make(layer, leaf, entry);
	if (result && errno == EEXIST) {
		if (entry_replace(layer, leaf, why))
			return -1;
		result = make(layer, leaf, entry);
	}
	if (result)
		return fail(why, "make", "%s", layer->path);
	return attributes_of_node(layer, leaf, entry, why);
}

int entry_write_symlink(struct layer *layer, const char *leaf, const struct tar_entry *entry, struct failure *why)
{
	if (!*entry->link)
		return entry_refuse(layer, why, "it is a symbolic link to nothing");
	if (strlen(entry->link) >= LONGEST_LINK)
		return entry_refuse(layer, why, "it is a symbolic link to a path of more than 4095 bytes");
	return make_and_describe(layer, leaf, entry, make_symlink, why);
}

int entry_write_node(struct layer *layer, const char *leaf, const struct tar_entry *entry, struct failure *why)
{
	return make_and_describe(layer, leaf, entry, make_node, why);
}
