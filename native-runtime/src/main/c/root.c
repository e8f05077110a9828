// Enters the container's root and mounts what every container has beneath it.
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "mounts.h"
#include "owned.h"
#include "sandbox.h"

static const unsigned hardened = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

// What is made while the host's files are in reach: copies of its mounts, and in a user namespace proc and sysfs, which
// the kernel gives only to who can see them whole already.
struct collected {
	int proc, sysfs;
	int devices[DEVICE_COUNT];
	int *binds;
};

// In a user namespace sysfs belongs to the owner of the network namespace: with the host's network its mount is copied.
static bool copies_sysfs(const struct sandbox *sandbox)
{
	return sandbox->in_user_namespace && !(sandbox->request->namespaces & CLONE_NEWNET);
}

// Likewise proc and the pid namespace.
static bool copies_proc(const struct sandbox *sandbox)
{
	return sandbox->in_user_namespace && !(sandbox->request->namespaces & CLONE_NEWPID);
}

static int collect(const struct sandbox *sandbox, struct collected *collected)
{
	struct failure *why = &sandbox->progress->failure;
	collected->binds = calloc(sandbox->request->bind_count + 1, sizeof *collected->binds);
	if (!collected->binds)
		return fail(why, "allocate", "list of bind mounts");
	collected->proc = copies_proc(sandbox) ? mount_copy(AT_FDCWD, "/proc", true, why)
					       : mount_make("proc", NULL, 0, hardened, why);
	if (collected->proc < 0) {
		if (why->number == EPERM)
			snprintf(why->hint, sizeof why->hint, "Darsena itself may run in a container whose /proc is masked");
		return -1;
	}
	collected->sysfs = copies_sysfs(sandbox) ? mount_copy(AT_FDCWD, "/sys", true, why)
						 : mount_make("sysfs", NULL, 0, hardened | MOUNT_ATTR_RDONLY, why);
	if (collected->sysfs < 0)
		return -1;
	return devices_collect(sandbox, collected->devices) || binds_collect(sandbox, collected->binds) ? -1 : 0;
}

// Between the two calls the old root lies on top of the new one, where `..` of any path would lead to it: nothing of the
// container's is looked up before it is gone.
static int pivot(struct failure *why)
{
	if (syscall(SYS_pivot_root, ".", "."))
		return fail_with(why, errno,
				 errno == EINVAL ? "the root of this machine may be an initial ramdisk, which cannot be left" : NULL,
				 "change root", "container's root");
	if (umount2(".", MNT_DETACH))
		return fail(why, "detach", "the host's root");
	return chdir("/") ? fail(why, "change directory", "/ in the container") : 0;
}

static int attach_at(int tree, const char *path, struct failure *why)
{
	OWNED_FD target = mount_point(path, why);
	return target < 0 ? -1 : mount_attach(tree, target, path, why);
}

static int attach_all(struct sandbox *sandbox, const struct collected *collected)
{
	struct failure *why = &sandbox->progress->failure;
	if (attach_at(collected->proc, "/proc", why) || devices_mount(sandbox, collected->devices) ||
	    attach_at(collected->sysfs, "/sys", why))
		return -1;
	if (copies_sysfs(sandbox) && mount_restrict(collected->sysfs, hardened | MOUNT_ATTR_RDONLY, true, "/sys", why))
		return -1;
	return cgroup_mount(sandbox) || binds_attach(sandbox, collected->binds) ? -1 : 0;
}

int root_enter(struct sandbox *sandbox)
{
	struct collected collected;
	if (collect(sandbox, &collected) || pivot(&sandbox->progress->failure))
		return -1;
	int result = attach_all(sandbox, &collected);
	free(collected.binds);
	return result;
}

int root_seal(struct sandbox *sandbox)
{
	struct failure *why = &sandbox->progress->failure;
	if (paths_mask(sandbox))
		return -1;
	unsigned attributes = sandbox->request->read_only_root ? MOUNT_ATTR_RDONLY : 0;
	attributes |= sandbox->request->no_devices ? MOUNT_ATTR_NODEV : 0;
	if (!attributes)
		return 0;
	OWNED_FD root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return fail(why, "open", "/ in the container");
	return mount_restrict(root, attributes, false, "/", why);
}
