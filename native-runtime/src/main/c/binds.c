// Extra bind mounts, masked paths and read-only paths.
#define _GNU_SOURCE
#include <errno.h>
#include <sys/stat.h>

#include "mounts.h"
#include "owned.h"
#include "paths.h"
#include "sandbox.h"

int binds_collect(const struct sandbox *sandbox, int *trees)
{
	const struct start_request *request = sandbox->request;
	for (size_t i = 0; i < request->bind_count; i++) {
		trees[i] = mount_copy(AT_FDCWD, request->binds[i].source, request->binds[i].recursive, &sandbox->progress->failure);
		if (trees[i] < 0)
			return -1;
	}
	return 0;
}

int binds_attach(struct sandbox *sandbox, const int *trees)
{
	const struct start_request *request = sandbox->request;
	const unsigned no_devices = request->no_devices ? MOUNT_ATTR_NODEV : 0;
	struct failure *why = &sandbox->progress->failure;
	for (size_t i = 0; i < request->bind_count; i++) {
		const struct bind_mount *bind = &request->binds[i];
		struct stat facts;
		if (fstat(trees[i], &facts))
			return fail(why, "look at", "%s", bind->source);
		OWNED_FD target = path_make(bind->target, S_ISDIR(facts.st_mode), 0, 0, why);
		if (target < 0 || mount_attach(trees[i], target, bind->target, why) ||
		    mount_restrict(trees[i], bind->attributes | no_devices, bind->recursive, bind->target, why))
			return -1;
	}
	return 0;
}

static int attach_copy(int original, int target, const char *name, struct failure *why)
{
	OWNED_FD copy = mount_copy(original, "", false, why);
	return copy < 0 ? -1 : mount_attach(copy, target, name, why);
}

// Directories are hidden by one empty read-only tmpfs, all else by /dev/null.
static int mask(const char *path, int *empty, int null_device, struct failure *why)
{
	struct stat facts;
	OWNED_FD target = path_open(path);
	if (target < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : fail(why, "open", "%s in the container", path);
	if (fstat(target, &facts))
		return fail(why, "look at", "%s in the container", path);
	if (!S_ISDIR(facts.st_mode))
		return attach_copy(null_device, target, path, why);
	if (*empty >= 0)
		return attach_copy(*empty, target, path, why);
	const struct mount_option options[] = { { "nr_inodes", "2" }, { "mode", "755" } };
	*empty = mount_make("tmpfs", options, 2, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC, why);
	return *empty < 0 ? -1 : mount_attach(*empty, target, path, why);
}

static int make_read_only(const char *path, struct failure *why)
{
	OWNED_FD target = path_open(path);
	if (target < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 : fail(why, "open", "%s in the container", path);
	OWNED_FD copy = mount_copy(target, "", true, why);
	if (copy < 0 || mount_attach(copy, target, path, why))
		return -1;
	return mount_restrict(copy, MOUNT_ATTR_RDONLY, true, path, why);
}

int paths_mask(struct sandbox *sandbox)
{
	const struct start_request *request = sandbox->request;
	struct failure *why = &sandbox->progress->failure;
	for (size_t i = 0; i < request->read_only_paths.count; i++)
		if (make_read_only(request->read_only_paths.items[i], why))
			return -1;
	if (request->masked.count == 0)
		return 0;
	OWNED_FD empty = -1;
	OWNED_FD null_device = path_open("/dev/null");
	if (null_device < 0)
		return fail(why, "open", "/dev/null in the container");
	for (size_t i = 0; i < request->masked.count; i++)
		if (mask(request->masked.items[i], &empty, null_device, why))
			return -1;
	return 0;
}
