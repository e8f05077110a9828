#define _GNU_SOURCE
#include "tree_list.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "extract_entry.h"
#include "image_view.h"
#include "index.h"
#include "links.h"
#include "owned.h"
#include "tree_attributes.h"
#include "tree_scan.h"

#define OWNED(type, release) __attribute__((cleanup(release))) struct type *

struct list {
	struct index_file *index;
	struct links *links;
	struct tree_attributes *attributes;
	struct tree_listing *listing;
	struct image_view *view; // null: nothing is compared
	char link[LONGEST_LINK];
};

// The index's letter for a kind of file, or 0 for a socket, for which a layer has none.
static char letter(const struct stat *status)
{
	switch (status->st_mode & S_IFMT) {
	case S_IFREG:
		return 'f';
	case S_IFDIR:
		return 'd';
	case S_IFLNK:
		return 'l';
	case S_IFCHR:
		return 'c';
	case S_IFBLK:
		return 'b';
	case S_IFIFO:
		return 'p';
	default:
		return 0;
	}
}

static int add_line(struct list *list, const struct index_line *line, struct failure *why)
{
	return index_add(list->index, line) ? fail(why, "write", "the list of %s", line->path) : 0;
}

static int add_mark(struct list *list, char type, const char *path, struct failure *why)
{
	struct index_line line = { .type = type, .path = path, .link = "" };
	return add_line(list, &line, why);
}

// What no line can tell of: where it is, for those who take the tree for the whole.
static int leave_out(struct list *list, const char *path, struct failure *why)
{
	list->listing->skipped++;
	return add_mark(list, 's', path, why);
}

static int add_directory_marks(struct list *list, const char *path, struct failure *why)
{
	const struct tree_attributes *attributes = list->attributes;
	for (size_t i = 0; i < attributes->count; i++) {
		const struct tar_xattr *xattr = &attributes->carried[i];
		if (index_add_attribute(list->index, xattr->name, xattr->value, xattr->size))
			return fail(why, "write", "the list of %s", path);
	}
	return attributes->opaque ? add_mark(list, 'o', path, why) : 0;
}

// What the last field of the line says. -1 with errno.
static int read_link(struct list *list, int fd, const struct stat *status, char type)
{
	list->link[0] = '\0';
	if (type == 'c' || type == 'b')
		snprintf(list->link, sizeof list->link, "%u,%u", major(status->st_rdev), minor(status->st_rdev));
	if (type != 'l')
		return 0;
	ssize_t length = readlinkat(fd, "", list->link, sizeof list->link - 1);
	if (length < 0)
		return -1;
	list->link[length] = '\0';
	return 0;
}

// What a revert of a container that runs has copied back is as the image has it, and what was opened to be written but was not.
static bool is_same(struct list *list, int fd, const struct stat *status, const char *path)
{
	struct failure ignored;
	if (!list->view || !strcmp(path, "."))
		return false;
	if (view_open(list->view, &ignored)) {
		list->view = NULL; // then nothing is said to be the same, rather than nothing being listed
		return false;
	}
	if (S_ISDIR(status->st_mode))
		return view_has_directory(list->view, path, status, list->attributes);
	return view_has(list->view, path, fd, status, list->attributes);
}

static int add_entry(struct list *list, int fd, const struct stat *status, const char *path, struct failure *why)
{
	char type = letter(status);
	if (!type)
		return leave_out(list, path, why);
	if (attributes_read(list->attributes, fd, status->st_mode, path, why))
		return -1;
	list->listing->entries++;
	list->listing->skipped += list->attributes->left_out;
	if (entry_is_whiteout(status) || (list->attributes->whiteout && type == 'f' && status->st_size == 0))
		return add_mark(list, 'w', path, why);
	if (read_link(list, fd, status, type))
		return fail(why, "read link", "%s", path);
	const char *first = type == 'd' ? NULL : links_find(list->links, status);
	if (!first && type != 'd' && links_add(list->links, status, path))
		return fail(why, "list", "%s", path);
	bool file = type == 'f' && !first;
	struct index_line line = {
		.type = first ? 'h' : type,
		.mode = status->st_mode & 07777,
		.uid = status->st_uid,
		.gid = status->st_gid,
		.size = file ? (uint64_t)status->st_size : 0,
		.mtime = status->st_mtim.tv_sec,
		.mtime_ns = (uint32_t)status->st_mtim.tv_nsec,
		.xattrs = list->attributes->count > 0,
		.same = is_same(list, fd, status, path),
		.path = path,
		.link = first ? first : list->link,
	};
	list->listing->bytes += line.size;
	if (add_line(list, &line, why))
		return -1;
	return type == 'd' ? add_directory_marks(list, path, why) : 0;
}

static int list_all(struct list *list, const char *root, struct failure *why)
{
	OWNED_FD top = open(root, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat status;
	if (top < 0 || fstat(top, &status))
		return fail(why, "open", "%s", root);
	if (scan_prepare(why) || add_entry(list, top, &status, ".", why))
		return -1;
	int directory = scan_open(top, O_DIRECTORY);
	if (directory < 0)
		return fail(why, "open", "%s", root);
	OWNED(scan, scan_owned) scan = scan_new(directory, "", why);
	int state = scan ? 1 : -1;
	while (state > 0 && (state = scan_next(scan, why)) > 0) {
		bool enter = S_ISDIR(scan->status.st_mode);
		uint64_t before = scan->skipped;
		if (add_entry(list, scan->fd, &scan->status, scan->path, why) || (enter && scan_enter(scan, why)) ||
		    (scan->skipped > before && add_mark(list, 's', scan->path, why)))
			state = -1;
	}
	if (scan)
		list->listing->skipped += scan->skipped;
	return state;
}

static int write_index(const char *root, int index, const struct strings *lowers, bool rootless,
		       struct tree_listing *listing, struct failure *why)
{
	*listing = (struct tree_listing){ 0 };
	OWNED(index_file, index_owned) file = index_new(index);
	OWNED(links, links_owned) links = links_new();
	OWNED_MEMORY struct tree_attributes *attributes = malloc(sizeof *attributes);
	OWNED_MEMORY struct list *list = calloc(1, sizeof *list);
	OWNED(image_view, view_owned) view = lowers->count ? view_new(lowers, rootless) : NULL;
	if (!file || !links || !attributes || !list || (lowers->count && !view))
		return fail_with(why, ENOMEM, NULL, "list", "%s", root);
	attributes->rootless = rootless;
	list->index = file;
	list->links = links;
	list->attributes = attributes;
	list->listing = listing;
	list->view = view;
	if (view)
		view->left = LIST_MOST_COMPARED;
	if (list_all(list, root, why))
		return -1;
	return index_flush(file) ? fail(why, "write", "the list of %s", root) : 0;
}

int tree_list(const char *root, const char *index, const struct strings *lowers, bool rootless, struct tree_listing *listing,
	      struct failure *why)
{
	char fresh[LONGEST_PATH + 32];
	if (snprintf(fresh, sizeof fresh, "%s.%d.new", index, getpid()) >= (int)sizeof fresh)
		return fail_with(why, ENAMETOOLONG, NULL, "open", "%s", index);
	OWNED_FD fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd < 0)
		return fail(why, "open", "%s", fresh);
	int result = write_index(root, fd, lowers, rootless, listing, why);
	if (!result && rename(fresh, index))
		result = fail(why, "rename", "%s", fresh);
	if (result)
		unlink(fresh);
	return result;
}
