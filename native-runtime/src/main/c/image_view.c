#define _GNU_SOURCE
#include "image_view.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "deep_path.h"
#include "extract_entry.h"
#include "extract_path.h"
#include "files.h"
#include "kernel.h"
#include "owned.h"
#include "sandbox.h"
#include "tree_scan.h"

#define WITHIN (RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV)

enum { COMPARED_AT_ONCE = 64 << 10 };

struct image_view *view_new(const struct strings *lowers, bool in_user_namespace)
{
	struct image_view *view = calloc(1, sizeof *view);
	if (!view)
		return NULL;
	view->lowers = lowers;
	view->in_user_namespace = in_user_namespace;
	view->attributes.rootless = in_user_namespace;
	view->root = -1;
	view->near = -1;
	return view;
}

void view_free(struct image_view *view)
{
	if (view) {
		close_owned(&view->near);
		close_owned(&view->root);
	}
	free(view);
}

int view_open(struct image_view *view, struct failure *why)
{
	if (view->root >= 0)
		return 0;
	view->root = overlay_view(view->lowers, view->in_user_namespace, why);
	return view->root < 0 ? -1 : scan_prepare(why);
}

// What of a path the directory that was looked into last does not reach, or null.
static const char *beyond_near(const struct image_view *view, const char *path, size_t length)
{
	size_t near = strlen(view->near_path);
	if (view->near < 0 || near > length || memcmp(view->near_path, path, near) != 0)
		return NULL;
	if (near == length)
		return "";
	return !near ? path : path[near] == '/' ? path + near + 1 : NULL;
}

// Looks into the directory of which the path's first bytes are the name. The image does not change meanwhile. -1 with errno.
static int look_into(struct image_view *view, const char *path, size_t length)
{
	char rest[LONGEST_PATH];
	const char *beyond = beyond_near(view, path, length);
	if (beyond && !*beyond)
		return 0;
	snprintf(rest, sizeof rest, "%.*s", (int)(length - (size_t)((beyond ? beyond : path) - path)), beyond ? beyond : path);
	int next = deep_open(beyond ? view->near : view->root, rest, O_PATH | O_DIRECTORY | O_NOFOLLOW, WITHIN);
	if (next < 0)
		return -1;
	close_owned(&view->near);
	view->near = next;
	snprintf(view->near_path, sizeof view->near_path, "%.*s", (int)length, path);
	return 0;
}

int view_hold(struct image_view *view, const char *path, struct stat *status)
{
	size_t leaf = path_leaf(path);
	if (look_into(view, path, leaf ? leaf - 1 : 0))
		return -1;
	OWNED_FD held = deep_open(view->near, path + leaf, O_PATH | O_NOFOLLOW, WITHIN);
	if (held < 0 || fstat(held, status))
		return -1;
	if (entry_is_whiteout(status)) {
		errno = ENOENT;
		return -1;
	}
	return disown_fd(&held);
}

static bool same_attributes(const struct tree_attributes *some, const struct tree_attributes *others)
{
	if (some->count != others->count || some->left_out || others->left_out)
		return false;
	for (size_t i = 0; i < some->count; i++) {
		const struct tar_xattr *one = &some->carried[i], *other = &others->carried[i];
		if (strcmp(one->name, other->name) != 0 || one->size != other->size ||
		    memcmp(one->value, other->value, one->size) != 0)
			return false;
	}
	return true;
}

static bool same_access(const struct stat *some, const struct stat *others)
{
	return some->st_mode == others->st_mode && some->st_uid == others->st_uid && some->st_gid == others->st_gid;
}

bool view_has_directory(struct image_view *view, const char *path, const struct stat *status,
			const struct tree_attributes *attributes)
{
	struct failure ignored;
	struct stat there;
	OWNED_FD held = view_hold(view, path, &there);
	return held >= 0 && same_access(status, &there) &&
	       !attributes_read(&view->attributes, held, there.st_mode, path, &ignored) &&
	       same_attributes(attributes, &view->attributes);
}

static bool same_content(int held, int other, uint64_t size)
{
	char some[COMPARED_AT_ONCE], others[COMPARED_AT_ONCE];
	OWNED_FD one = scan_open(held, 0), two = scan_open(other, 0);
	if (one < 0 || two < 0)
		return false;
	for (uint64_t done = 0; done < size; done += COMPARED_AT_ONCE) {
		size_t part = size - done < COMPARED_AT_ONCE ? (size_t)(size - done) : COMPARED_AT_ONCE;
		if (read_full(one, some, part) != (ssize_t)part || read_full(two, others, part) != (ssize_t)part ||
		    memcmp(some, others, part) != 0)
			return false;
	}
	return true;
}

static bool same_link(int held, int other)
{
	char some[LONGEST_LINK], others[LONGEST_LINK];
	ssize_t one = readlinkat(held, "", some, sizeof some), two = readlinkat(other, "", others, sizeof others);
	return one >= 0 && one == two && !memcmp(some, others, (size_t)one);
}

static bool same_time(const struct stat *some, const struct stat *others)
{
	return some->st_mtim.tv_sec == others->st_mtim.tv_sec && some->st_mtim.tv_nsec == others->st_mtim.tv_nsec;
}

bool view_has(struct image_view *view, const char *path, int held, const struct stat *status,
	      const struct tree_attributes *attributes)
{
	struct failure ignored;
	struct stat there;
	OWNED_FD other = view_hold(view, path, &there);
	if (other < 0 || !same_access(status, &there) || !same_time(status, &there))
		return false;
	switch (status->st_mode & S_IFMT) {
	case S_IFLNK:
		return same_link(held, other);
	case S_IFREG:
		break;
	case S_IFCHR:
	case S_IFBLK:
		return status->st_rdev == there.st_rdev;
	default:
		return S_ISFIFO(status->st_mode);
	}
	uint64_t size = (uint64_t)status->st_size;
	if (status->st_size != there.st_size || size > view->left ||
	    attributes_read(&view->attributes, other, there.st_mode, path, &ignored) ||
	    !same_attributes(attributes, &view->attributes))
		return false;
	view->left -= size;
	return same_content(held, other, size);
}
