#define _GNU_SOURCE
#include "archive_entry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "extract_entry.h"
#include "owned.h"
#include "tree_scan.h"

#define WHITEOUT_PREFIX ".wh."
#define OPAQUE_NAME ".wh..wh..opq"

// What cannot be sent is for nobody to read: the client is gone.
static enum archived unsent(const char *name, struct failure *why)
{
	fail(why, "send", "%s", name);
	return ARCHIVE_FAILED;
}

static int send_header(struct archive *archive, const struct tar_entry *entry)
{
	if (tar_write_header(&archive->header, entry))
		return -1;
	archive->entries++;
	return output_write(archive->output, archive->header.bytes, archive->header.used);
}

static struct tar_entry describe(const struct archive *archive, const struct stat *status, enum tar_type type, const char *name)
{
	const struct tree_attributes *attributes = archive->attributes;
	return (struct tar_entry){
		.type = type,
		.path = name,
		.mode = status->st_mode & 07777,
		.uid = status->st_uid,
		.gid = status->st_gid,
		.mtime = status->st_mtim.tv_sec,
		.mtime_ns = (uint32_t)status->st_mtim.tv_nsec,
		.xattrs = attributes->carried,
		.xattr_count = type == TAR_FILE || type == TAR_DIRECTORY ? attributes->count : 0,
	};
}

// An empty file whose name says what it hides.
static enum archived send_mark(struct archive *archive, struct failure *why)
{
	struct tar_entry mark = { .type = TAR_FILE, .path = archive->name };
	return send_header(archive, &mark) ? unsent(archive->name, why) : ARCHIVED;
}

static enum archived send_whiteout(struct archive *archive, const char *name, struct failure *why)
{
	if (archive->spec->form == ARCHIVE_PLAIN)
		return ARCHIVE_HIDDEN;
	size_t leaf = path_leaf(name);
	snprintf(archive->name, sizeof archive->name, "%.*s" WHITEOUT_PREFIX "%s", (int)leaf, name, name + leaf);
	return send_mark(archive, why);
}

// As many bytes as the header has told: what the file has grown by is cut, what it lacks is zeros.
static int send_data(struct archive *archive, int fd, uint64_t size)
{
	uint64_t left = size;
	while (left > 0) {
		size_t room;
		unsigned char *into = output_room(archive->output, &room);
		if (!into)
			return -1;
		ssize_t count = read(fd, into, left < room ? (size_t)left : room);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		if (count == 0)
			break;
		output_filled(archive->output, (size_t)count);
		left -= (uint64_t)count;
	}
	for (; left > 0; left -= left < CHUNK_ROOM ? left : CHUNK_ROOM)
		if (output_zeros(archive->output, left < CHUNK_ROOM ? (size_t)left : CHUNK_ROOM))
			return -1;
	archive->bytes += size;
	return output_zeros(archive->output, tar_padding(size));
}

static enum archived send_file(struct archive *archive, int held, const char *name, struct failure *why)
{
	struct stat status;
	OWNED_FD fd = scan_open(held, 0);
	if (fd < 0 || fstat(fd, &status)) {
		enum archived outcome = scan_is_closed(errno) || scan_is_gone(errno) ? ARCHIVE_CLOSED : ARCHIVE_FAILED;
		fail(why, "open", "%s", name);
		return outcome;
	}
	struct tar_entry entry = describe(archive, &status, TAR_FILE, name);
	entry.size = (uint64_t)status.st_size;
	if (send_header(archive, &entry) || send_data(archive, fd, entry.size)) {
		fail(why, "archive", "%s", name);
		return ARCHIVE_FAILED;
	}
	return ARCHIVED;
}

static bool is_opaque(const struct archive *archive)
{
	switch (archive->marking) {
	case MARKED_OPAQUE:
		return true;
	case MARKED_NEVER:
		return false;
	default:
		return archive->attributes->opaque;
	}
}

static enum archived send_directory(struct archive *archive, const struct stat *status, const char *name, struct failure *why)
{
	struct tar_entry entry = describe(archive, status, TAR_DIRECTORY, name);
	if (*name && send_header(archive, &entry))
		return unsent(name, why);
	if (!is_opaque(archive) || archive->spec->form == ARCHIVE_PLAIN)
		return ARCHIVED;
	snprintf(archive->name, sizeof archive->name, "%s%s" OPAQUE_NAME, name, *name ? "/" : "");
	return send_mark(archive, why);
}

static enum archived send_symlink(struct archive *archive, int held, const struct stat *status, const char *name,
				  struct failure *why)
{
	ssize_t length = readlinkat(held, "", archive->link, sizeof archive->link - 1);
	if (length < 0) {
		fail(why, "read link", "%s", name);
		return ARCHIVE_FAILED;
	}
	archive->link[length] = '\0';
	struct tar_entry entry = describe(archive, status, TAR_SYMLINK, name);
	entry.link = archive->link;
	return send_header(archive, &entry) ? unsent(name, why) : ARCHIVED;
}

static enum archived send_node(struct archive *archive, const struct stat *status, const char *name, struct failure *why)
{
	enum tar_type type = S_ISFIFO(status->st_mode) ? TAR_FIFO : S_ISBLK(status->st_mode) ? TAR_BLOCK : TAR_CHARACTER;
	struct tar_entry entry = describe(archive, status, type, name);
	if (entry.type != TAR_FIFO) {
		entry.major = major(status->st_rdev);
		entry.minor = minor(status->st_rdev);
	}
	return send_header(archive, &entry) ? unsent(name, why) : ARCHIVED;
}

static enum archived send_by_type(struct archive *archive, int held, const struct stat *status, const char *name,
				  struct failure *why)
{
	switch (status->st_mode & S_IFMT) {
	case S_IFREG:
		return send_file(archive, held, name, why);
	case S_IFDIR:
		return send_directory(archive, status, name, why);
	case S_IFLNK:
		return send_symlink(archive, held, status, name, why);
	case S_IFCHR:
	case S_IFBLK:
	case S_IFIFO:
		return send_node(archive, status, name, why);
	default:
		return ARCHIVED_NOTHING;
	}
}

static enum archived send_link(struct archive *archive, const struct stat *status, const char *first, const char *name,
			       struct failure *why)
{
	struct tar_entry entry = describe(archive, status, TAR_HARDLINK, name);
	entry.link = first;
	return send_header(archive, &entry) ? unsent(name, why) : ARCHIVED;
}

static bool is_whiteout(const struct archive *archive, const struct stat *status)
{
	return entry_is_whiteout(status) || (archive->attributes->whiteout && S_ISREG(status->st_mode) && status->st_size == 0);
}

// In a layer such a name would hide something, whatever it is in the container.
static bool is_mark(const char *name)
{
	return whiteout_in(name + path_leaf(name)) != WHITEOUT_NONE;
}

enum archived archive_whiteout(struct archive *archive, const char *name, struct failure *why)
{
	return is_mark(name) ? ARCHIVED_NOTHING : send_whiteout(archive, name, why);
}

enum archived archive_entry(struct archive *archive, int held, const struct stat *status, const char *name, struct failure *why)
{
	if (attributes_read(archive->attributes, held, status->st_mode, name, why))
		return ARCHIVE_FAILED;
	if (is_whiteout(archive, status))
		return send_whiteout(archive, name, why);
	if (archive->spec->form == ARCHIVE_LAYER && is_mark(name))
		return ARCHIVED_NOTHING;
	archive->skipped += archive->attributes->left_out;
	bool directory = S_ISDIR(status->st_mode); // whose links are its children's `..`
	const char *first = directory ? NULL : links_find(archive->links, status);
	if (first)
		return send_link(archive, status, first, name, why);
	enum archived outcome = send_by_type(archive, held, status, name, why);
	if (outcome == ARCHIVED && !directory && links_add(archive->links, status, name)) {
		fail(why, "archive", "%s", name);
		return ARCHIVE_FAILED;
	}
	return outcome;
}
