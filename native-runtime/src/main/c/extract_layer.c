#define _GNU_SOURCE
#include "extract_layer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "deep_path.h"
#include "extract_attributes.h"
#include "extract_entry.h"
#include "owned.h"

#define NOT_A_DIRECTORY "a part of its path is no directory in this layer"

// What is told of an entry is cut where it is long: a frame holds all notes.
enum { MOST_NOTES = 100, LONGEST_NOTE = 4096 + LONGEST_NAME + 2, MOST_ENTRIES = 4000000, ENTRIES_PER_LOOK = 1024, FEWEST_INODES = 4096 };

// As the engine's FreeSpace, which looks while it sends; but a few kilobytes may unpack to a whole disk.
#define RESERVE (UINT64_C(64) << 20)

uint64_t layer_room(const struct layer *layer)
{
	struct statfs disk;
	if (fstatfs(layer->root, &disk))
		return UINT64_MAX;
	uint64_t bytes = (uint64_t)disk.f_bavail * (uint64_t)disk.f_bsize;
	return bytes > RESERVE ? bytes - RESERVE : 0;
}

void layer_begin(struct layer *layer, int root, bool rootless, struct index_file *index, struct frame_writer *answer)
{
	*layer = (struct layer){ .root = root, .rootless = rootless, .index = index, .answer = answer, .parent = -1 };
	layer->room = layer_room(layer);
}

// A bomb of many small things fills the disk's inodes long before its blocks. File systems without a fixed number say 0.
static int check_count(struct layer *layer, struct failure *why)
{
	struct statfs disk;
	if (layer->entries > MOST_ENTRIES)
		return refuse(why, 0, "it has more than 4,000,000 entries", "extract", "the layer");
	if (layer->entries % ENTRIES_PER_LOOK || fstatfs(layer->root, &disk) || !disk.f_files)
		return 0;
	if (disk.f_ffree < FEWEST_INODES)
		return fail_with(why, ENOSPC, "the disk has hardly any inode left", "extract", "the layer");
	return 0;
}

void layer_end(struct layer *layer)
{
	if (layer->parent >= 0)
		close(layer->parent);
	layer->parent = -1;
}

void layer_note(struct layer *layer, const char *kind, const char *what, ...)
{
	if (layer->notes++ >= MOST_NOTES)
		return;
	char text[LONGEST_NOTE];
	va_list arguments;
	va_start(arguments, what);
	vsnprintf(text, sizeof text, what, arguments);
	va_end(arguments);
	frame_field(layer->answer, "skipped", "%s:%s", kind, text);
}

static int add_line(struct layer *layer, const struct index_line *line, struct failure *why)
{
	return index_add(layer->index, line) ? fail(why, "write", "the index of the layer") : 0;
}

static int add_entry_line(struct layer *layer, const struct tar_entry *entry, bool skipped, struct failure *why)
{
	char device[32] = "";
	bool is_link = entry->type == TAR_SYMLINK || entry->type == TAR_HARDLINK;
	if (entry->type == TAR_CHARACTER || entry->type == TAR_BLOCK)
		snprintf(device, sizeof device, "%u,%u", entry->major, entry->minor);
	struct index_line line = {
		.type = (char)entry->type,
		.mode = entry->mode,
		.uid = entry->uid,
		.gid = entry->gid,
		.size = entry->size,
		.mtime = entry->mtime,
		.mtime_ns = entry->mtime_ns,
		.xattrs = entry->xattr_count > 0,
		.skipped = skipped,
		.path = layer->path[0] ? layer->path : ".",
		.link = is_link ? entry->link : device,
	};
	if (add_line(layer, &line, why))
		return -1;
	for (size_t i = 0; entry->type == TAR_DIRECTORY && i < entry->xattr_count; i++) {
		const struct tar_xattr *xattr = &entry->xattrs[i];
		if (attribute_may_be_set(xattr->name) && index_add_attribute(layer->index, xattr->name, xattr->value, xattr->size))
			return fail(why, "write", "the index of the layer");
	}
	return 0;
}

static int open_directory(int parent, const char *name)
{
	return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static int mark_opaque(struct layer *layer, int parent, const char *name, struct failure *why)
{
	// Opened anew: the parent is held as a mere path.
	OWNED_FD fd = open_directory(parent, name);
	if (fd < 0)
		return fail(why, "open", "%s", layer->path);
	return attributes_opaque(layer, fd, why);
}

// Makes a directory where a whiteout may lie: then it hides what is below as the whiteout did. 1: made, 0: something
// else is there, -1.
static int make_directory(struct layer *layer, int parent, const char *name, unsigned mode, struct failure *why)
{
	if (!mkdirat(parent, name, mode))
		return 1;
	struct stat status;
	if (errno == ENOTDIR || errno == ELOOP || errno == ENOENT)
		return entry_refuse(layer, why, NOT_A_DIRECTORY);
	if (errno != EEXIST || fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW))
		return fail(why, "make directory", "%s", layer->path);
	if (!entry_is_whiteout(&status))
		return 0;
	if (unlinkat(parent, name, 0) || mkdirat(parent, name, mode))
		return fail(why, "make directory", "%s", layer->path);
	return mark_opaque(layer, parent, name, why) ? -1 : 1;
}

// Why the directory of the present entry cannot be opened, from errno. -1.
static int refuse_way(struct layer *layer, struct failure *why)
{
	if (errno == ENOTDIR || errno == ELOOP || errno == ENOENT)
		return entry_refuse(layer, why, NOT_A_DIRECTORY);
	return fail(why, "open", "the directory of %s", layer->path);
}

// Parents that no entry named belong to root; overlay shows them as the layers below have them only if the engine
// copies that, hence the mark in the index. Of a path that is longer than the kernel takes at once, the first pieces are
// left behind when they have been made.
static int imply_parents(struct layer *layer, char *parent, struct failure *why)
{
	OWNED_FD held = -1;
	const char *rest = parent;
	for (char *slash = parent; slash; ) {
		slash = strchr(slash + 1, '/');
		if (slash)
			*slash = '\0';
		int from = deep_reach(layer->root, &rest, 0, &held);
		if (from < 0)
			return refuse_way(layer, why);
		int made = make_directory(layer, from, rest, 0755, why);
		struct index_line line = { .type = 'd', .mode = 0755, .implied = true, .path = parent, .link = "" };
		if (made < 0 || (made > 0 && add_line(layer, &line, why)))
			return -1;
		if (slash)
			*slash = '/';
	}
	return 0;
}

static int open_path(const struct layer *layer, const char *path)
{
	return deep_open(layer->root, path, O_PATH | O_DIRECTORY, 0);
}

static int open_parent(struct layer *layer, size_t leaf, struct failure *why)
{
	size_t length = leaf ? leaf - 1 : 0;
	if (layer->parent >= 0 && strlen(layer->parent_path) == length && !memcmp(layer->parent_path, layer->path, length))
		return 0;
	layer_end(layer);
	memcpy(layer->parent_path, layer->path, length);
	layer->parent_path[length] = '\0';
	layer->parent = open_path(layer, layer->parent_path);
	// A whiteout in the way is no directory (ENOTDIR) and gives way too.
	if (layer->parent < 0 && (errno == ENOENT || errno == ENOTDIR)) {
		if (imply_parents(layer, layer->parent_path, why))
			return -1;
		layer->parent = open_path(layer, layer->parent_path);
	}
	struct stat status;
	if (layer->parent < 0 || fstat(layer->parent, &status))
		return refuse_way(layer, why);
	layer->parent_setgid = (status.st_mode & S_ISGID) != 0;
	return 0;
}

static int write_directory(struct layer *layer, const char *leaf, const struct tar_entry *entry, struct failure *why)
{
	int parent = *leaf ? layer->parent : layer->root;
	const char *name = *leaf ? leaf : ".";
	int made = *leaf ? make_directory(layer, parent, name, 0700, why) : 0;
	if (made < 0)
		return -1;
	OWNED_FD fd = open_directory(parent, name);
	if (fd < 0 && (errno == ENOTDIR || errno == ELOOP)) {
		if (entry_replace(layer, leaf, why))
			return -1;
		if (mkdirat(parent, name, 0700))
			return fail(why, "make directory", "%s", layer->path);
		fd = open_directory(parent, name);
	}
	if (fd < 0)
		return fail(why, "open", "%s", layer->path);
	return attributes_of_directory(layer, fd, entry, why);
}

// A character device 0:0 is overlay's whiteout: an entry may not forge one.
static bool is_left_out(const struct layer *layer, const struct tar_entry *entry)
{
	bool forged = entry->type == TAR_CHARACTER && entry->major == 0 && entry->minor == 0;
	bool device = entry->type == TAR_CHARACTER || entry->type == TAR_BLOCK;
	return forged || (device && layer->rootless);
}

static int write_by_type(struct layer *layer, const char *leaf, struct tar_reader *tar, const struct tar_entry *entry,
			 struct failure *why)
{
	if (!*leaf && entry->type != TAR_DIRECTORY)
		return entry_refuse(layer, why, "the layer's root is no directory");
	switch (entry->type) {
	case TAR_DIRECTORY:
		return write_directory(layer, leaf, entry, why);
	case TAR_FILE:
		return entry_write_file(layer, leaf, tar, entry, why);
	case TAR_HARDLINK:
		return entry_write_hard_link(layer, leaf, entry, why);
	case TAR_SYMLINK:
		return entry_write_symlink(layer, leaf, entry, why);
	case TAR_CHARACTER:
	case TAR_BLOCK:
	case TAR_FIFO:
		return entry_write_node(layer, leaf, entry, why);
	}
	return entry_refuse(layer, why, "its type is unknown");
}

static int add_whiteout_line(struct layer *layer, char type, const char *path, struct failure *why)
{
	struct index_line line = { .type = type, .path = *path ? path : ".", .link = "" };
	return add_line(layer, &line, why);
}

// Hides `name` of the layers below. What this layer has of that name stays: a whiteout is about the layers below, and
// archives come in any order.
static int write_whiteout(struct layer *layer, size_t leaf, const char *name, struct failure *why)
{
	struct stat status;
	if (!fstatat(layer->parent, name, &status, AT_SYMLINK_NOFOLLOW)) {
		if (S_ISDIR(status.st_mode) && mark_opaque(layer, layer->parent, name, why))
			return -1;
	} else if (errno != ENOENT || mknodat(layer->parent, name, S_IFCHR, makedev(0, 0))) {
		return fail(why, "make whiteout", "%s", layer->path);
	}
	memmove(layer->path + leaf, name, strlen(name) + 1);
	return add_whiteout_line(layer, 'w', layer->path, why);
}

static int write_opaque(struct layer *layer, struct failure *why)
{
	if (!layer->parent_path[0])
		layer_note(layer, "opaque", "the root of the layer");
	else if (mark_opaque(layer, layer->parent, ".", why))
		return -1;
	return add_whiteout_line(layer, 'o', layer->parent_path, why);
}

static int write_entry(struct layer *layer, struct tar_reader *tar, const struct tar_entry *entry, struct failure *why)
{
	if (path_clean(entry->path, layer->path, why))
		return -1;
	size_t leaf = path_leaf(layer->path);
	const char *name = layer->path + leaf;
	enum whiteout whiteout = whiteout_in(layer->path);
	if (whiteout == WHITEOUT_INVALID)
		return entry_refuse(layer, why, "it is no whiteout that means anything");
	if (whiteout == WHITEOUT_IGNORED)
		return 0;
	if (whiteout == WHITEOUT_NONE && is_left_out(layer, entry)) {
		layer_note(layer, "device", "%s", layer->path);
		return add_entry_line(layer, entry, true, why);
	}
	if (*name && open_parent(layer, leaf, why))
		return -1;
	if (whiteout == WHITEOUT_OPAQUE)
		return write_opaque(layer, why);
	if (whiteout == WHITEOUT_NAME)
		return write_whiteout(layer, leaf, whiteout_target(name), why);
	if (write_by_type(layer, name, tar, entry, why))
		return -1;
	return add_entry_line(layer, entry, false, why);
}

// Best effort: what is no directory any more has been replaced.
static void set_directory_time(void *context, const char *path, int64_t mtime, uint32_t mtime_ns)
{
	const struct layer *layer = context;
	struct timespec times[2] = { { mtime, mtime_ns }, { mtime, mtime_ns } };
	OWNED_FD fd = deep_open(layer->root, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
	if (fd >= 0)
		futimens(fd, times);
}

int layer_write(struct layer *layer, struct tar_reader *tar, struct failure *why)
{
	struct tar_entry entry;
	int there;
	while ((there = tar_next(tar, &entry, why)) > 0) {
		layer->entries++;
		if (check_count(layer, why) || write_entry(layer, tar, &entry, why))
			return -1;
	}
	if (there < 0)
		return -1;
	if (index_flush(layer->index) || index_directories(layer->index, set_directory_time, layer))
		return fail(why, "write", "the index of the layer");
	if (layer->unowned)
		layer_note(layer, "owner", "%llu entries keep this user as their owner", (unsigned long long)layer->unowned);
	return 0;
}
