// Enters the container's root and mounts what every container has beneath it.
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "mounts.h"
#include "owned.h"
#include "sandbox.h"

static const unsigned hardened = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

// What has to be taken from the host's files before they are out of reach.
struct collected {
	int devices[DEVICE_COUNT];
	int sysfs;
	int *binds;
};

static int attach_new(const char *path, int tree, struct failure *why)
{
	OWNED_FD owned = tree;
	OWNED_FD target = owned < 0 ? -1 : mount_point(path, why);
	return target < 0 ? -1 : mount_attach(owned, target, path, why);
}

// In a user namespace sysfs belongs to the owner of the network namespace: with the host's network its mount is bound.
static bool binds_sysfs(const struct sandbox *sandbox)
{
	return sandbox->in_user_namespace && !(sandbox->request->namespaces & CLONE_NEWNET);
}

static int collect(const struct sandbox *sandbox, struct collected *collected)
{
	struct failure *why = &sandbox->progress->failure;
	collected->sysfs = -1;
	collected->binds = calloc(sandbox->request->bind_count + 1, sizeof *collected->binds);
	if (!collected->binds)
		return fail(why, "allocate", "list of bind mounts");
	if (binds_sysfs(sandbox)) {
		collected->sysfs = mount_copy(AT_FDCWD, "/sys", true, why);
		if (collected->sysfs < 0)
			return -1;
	}
	return devices_collect(sandbox, collected->devices) || binds_collect(sandbox, collected->binds) ? -1 : 0;
}

static int mount_sysfs(const struct sandbox *sandbox, int copied)
{
	struct failure *why = &sandbox->progress->failure;
	if (copied < 0)
		return attach_new("/sys", mount_make("sysfs", NULL, 0, hardened | MOUNT_ATTR_RDONLY, why), why);
	OWNED_FD target = mount_point("/sys", why);
	if (target < 0 || mount_attach(copied, target, "/sys", why))
		return -1;
	return mount_restrict(copied, hardened | MOUNT_ATTR_RDONLY, true, "/sys", why);
}

// Old and new root lie at the same place afterwards, the old one on top; "/" is the new one.
static int pivot(struct failure *why)
{
	if (!syscall(SYS_pivot_root, ".", "."))
		return 0;
	return fail_with(why, errno,
			 errno == EINVAL ? "the root of this machine may be an initial ramdisk, which cannot be left" : NULL,
			 "change root", "container's root");
}

int root_enter(struct sandbox *sandbox)
{
	struct failure *why = &sandbox->progress->failure;
	struct collected collected;
	if (collect(sandbox, &collected) || pivot(why))
		return -1;
	int result = attach_new("/proc", mount_make("proc", NULL, 0, hardened, why), why);
	if (!result)
		result = devices_mount(sandbox, collected.devices);
	if (!result)
		result = mount_sysfs(sandbox, collected.sysfs);
	if (!result)
		result = cgroup_mount(sandbox);
	if (!result)
		result = binds_attach(sandbox, collected.binds);
	free(collected.binds);
	return result;
}

int root_seal(struct sandbox *sandbox)
{
	struct failure *why = &sandbox->progress->failure;
	if (umount2(".", MNT_DETACH))
		return fail(why, "detach", "the host's root");
	if (chdir("/"))
		return fail(why, "change directory", "/ in the container");
	if (paths_mask(sandbox))
		return -1;
	if (!sandbox->request->read_only_root)
		return 0;
	OWNED_FD root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return fail(why, "open", "/ in the container");
	return mount_restrict(root, MOUNT_ATTR_RDONLY, false, "/", why);
}
