#define _GNU_SOURCE
#include "mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "owned.h"
#include "paths.h"

int mount_make(const char *type, const struct mount_option *options, size_t count, unsigned attributes, struct failure *why)
{
	OWNED_FD context = sys_fsopen(type);
	if (context < 0)
		return fail(why, "open file system", "%s", type);
	if (sys_fsconfig(context, FSCONFIG_SET_STRING, "source", type))
		return fail(why, "set option of file system", "%s: source=%s", type, type);
	for (size_t i = 0; i < count; i++) {
		unsigned command = options[i].value ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG;
		if (sys_fsconfig(context, command, options[i].key, options[i].value))
			return fail(why, "set option of file system", "%s: %s=%s", type, options[i].key,
				    options[i].value ? options[i].value : "");
	}
	if (sys_fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL))
		return fail(why, "create file system", "%s", type);
	int tree = sys_fsmount(context, attributes);
	return tree < 0 ? fail(why, "mount file system", "%s", type) : tree;
}

// /proc and /sys are where masked paths lie: elsewhere they would mask nothing. Other links are followed inside the root,
// but not into what is mounted there already.
static unsigned safe_resolution(const char *path)
{
	bool masked_below = !strcmp(path, "/proc") || !strncmp(path, "/sys", strlen("/sys"));
	return masked_below ? RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS
			    : RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV;
}

static const char *mount_point_hint(int number)
{
	if (number == ELOOP || number == ENOTDIR)
		return "the image must hold a directory here, not a file or a link, or one that ends in a directory of its own";
	if (number == EXDEV)
		return "the image has a link here that leads into /proc or /sys";
	return number == EROFS ? "the image lacks this directory and nothing is writable" : NULL;
}

int mount_point(const char *path, struct failure *why)
{
	OWNED_FD root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return fail(why, "open", "/ in the container");
	int fd = sys_openat2(root, path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0, safe_resolution(path));
	if (fd < 0 && errno == ENOENT) {
		OWNED_FD made = path_make(path, true, 0, 0, why);
		if (made < 0) {
			if (!why->hint[0] && why->number == EROFS)
				snprintf(why->hint, sizeof why->hint, "%s", mount_point_hint(EROFS));
			return -1;
		}
		fd = sys_openat2(root, path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0, safe_resolution(path));
	}
	if (fd < 0)
		return fail_with(why, errno, mount_point_hint(errno), "open mount point", "%s in the container", path);
	return fd;
}

int mount_attach(int tree, int target, const char *name, struct failure *why)
{
	if (sys_move_mount(tree, target, "", MOVE_MOUNT_T_EMPTY_PATH))
		return fail(why, "attach mount", "%s in the container", name);
	return 0;
}

int mount_copy(int directory, const char *path, bool recursive, struct failure *why)
{
	unsigned flags = OPEN_TREE_CLONE | (recursive ? AT_RECURSIVE : 0) | (*path ? 0 : AT_EMPTY_PATH);
	int tree = sys_open_tree(directory, path, flags);
	return tree < 0 ? fail(why, "copy mount", "%s", path) : tree;
}

// Kernels before 5.12 change attributes by path only, and want the locked ones repeated.
static int restrict_by_remount(int tree, unsigned attributes, const char *name, struct failure *why)
{
	char path[32];
	struct statfs facts;
	snprintf(path, sizeof path, "/proc/self/fd/%d", tree);
	if (fstatfs(tree, &facts))
		return fail(why, "read mount attributes", "%s", name);
	unsigned long flags = (unsigned long)facts.f_flags & (MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME);
	flags |= (attributes & MOUNT_ATTR_RDONLY ? MS_RDONLY : 0) | (attributes & MOUNT_ATTR_NOSUID ? MS_NOSUID : 0) |
		 (attributes & MOUNT_ATTR_NODEV ? MS_NODEV : 0) | (attributes & MOUNT_ATTR_NOEXEC ? MS_NOEXEC : 0);
	if (mount(NULL, path, NULL, MS_REMOUNT | MS_BIND | flags, NULL))
		return fail(why, "change mount attributes", "%s", name);
	return 0;
}

int mount_restrict(int tree, unsigned attributes, bool recursive, const char *name, struct failure *why)
{
	if (!attributes)
		return 0;
	struct mount_attributes change = { .set = attributes };
	if (!sys_mount_setattr(tree, "", AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0), &change))
		return 0;
	if (errno == ENOSYS)
		return restrict_by_remount(tree, attributes, name, why);
	return fail(why, "change mount attributes", "%s", name);
}
