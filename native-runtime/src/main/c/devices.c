// /dev as Docker makes it: a tmpfs with six device nodes, pseudo-terminals, shared memory and message queues of its own.
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "mounts.h"
#include "owned.h"
#include "sandbox.h"

static const struct device {
	const char *name;
	unsigned major, minor;
} devices[DEVICE_COUNT] = {
	{ "null", 1, 3 }, { "zero", 1, 5 }, { "full", 1, 7 }, { "random", 1, 8 }, { "urandom", 1, 9 }, { "tty", 5, 0 },
};

int devices_collect(const struct sandbox *sandbox, int *host_nodes)
{
	struct failure *why = &sandbox->progress->failure;
	for (int i = 0; i < DEVICE_COUNT; i++) {
		char path[32];
		host_nodes[i] = -1;
		if (!sandbox->in_user_namespace)
			continue;
		snprintf(path, sizeof path, "/dev/%s", devices[i].name);
		host_nodes[i] = mount_copy(AT_FDCWD, path, false, why);
		if (host_nodes[i] < 0)
			return -1;
	}
	return 0;
}

// In a user namespace mknod is refused: the host's node is bound over an empty file.
static int bind_node(int dev, const struct device *device, int host_node, struct failure *why)
{
	OWNED_FD file = openat(dev, device->name, O_CREAT | O_EXCL | O_RDONLY | O_CLOEXEC, 0666);
	if (file < 0)
		return fail(why, "create file", "/dev/%s in the container", device->name);
	return mount_attach(host_node, file, device->name, why);
}

static int make_nodes(int dev, const int *host_nodes, struct failure *why)
{
	for (int i = 0; i < DEVICE_COUNT; i++) {
		if (host_nodes[i] >= 0) {
			if (bind_node(dev, &devices[i], host_nodes[i], why))
				return -1;
		} else if (mknodat(dev, devices[i].name, S_IFCHR | 0666, makedev(devices[i].major, devices[i].minor))) {
			return fail(why, "make device node", "/dev/%s in the container", devices[i].name);
		}
	}
	return 0;
}

static int make_links(int dev, struct failure *why)
{
	static const char *const links[][2] = {
		{ "/proc/self/fd", "fd" },	 { "/proc/self/fd/0", "stdin" }, { "/proc/self/fd/1", "stdout" },
		{ "/proc/self/fd/2", "stderr" }, { "pts/ptmx", "ptmx" },	 { "/proc/kcore", "core" },
	};
	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		if (symlinkat(links[i][0], dev, links[i][1]))
			return fail(why, "make link", "/dev/%s in the container", links[i][1]);
	return 0;
}

static int attach_at(int dev, const char *name, int tree, struct failure *why)
{
	if (mkdirat(dev, name, 0755))
		return fail(why, "make directory", "/dev/%s in the container", name);
	if (sys_move_mount(tree, dev, name, 0))
		return fail(why, "attach mount", "/dev/%s in the container", name);
	return 0;
}

static int mount_terminals(int dev, struct failure *why)
{
	const struct mount_option options[] = {
		{ "newinstance", NULL }, { "ptmxmode", "0666" }, { "mode", "0620" }, { "gid", "5" }
	};
	const unsigned attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
	// Group 5 (tty) cannot be named where a single id is mapped.
	OWNED_FD tree = mount_make("devpts", options, 4, attributes, why);
	if (tree < 0)
		tree = mount_make("devpts", options, 3, attributes, why);
	return tree < 0 ? -1 : attach_at(dev, "pts", tree, why);
}

static int mount_shared_memory(int dev, long long size, struct failure *why)
{
	char text[24];
	snprintf(text, sizeof text, "%lld", size);
	const struct mount_option options[] = { { "mode", "1777" }, { "size", text } };
	const unsigned attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
	OWNED_FD tree = mount_make("tmpfs", options, 2, attributes, why);
	return tree < 0 ? -1 : attach_at(dev, "shm", tree, why);
}

static int mount_queues(int dev, struct failure *why)
{
	OWNED_FD tree = mount_make("mqueue", NULL, 0, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC, why);
	return tree < 0 ? -1 : attach_at(dev, "mqueue", tree, why);
}

int devices_mount(struct sandbox *sandbox, const int *host_nodes)
{
	struct failure *why = &sandbox->progress->failure;
	const struct mount_option options[] = { { "mode", "755" }, { "size", "65536k" } };
	OWNED_FD target = mount_point("/dev", why);
	OWNED_FD dev = target < 0 ? -1 : mount_make("tmpfs", options, 2, MOUNT_ATTR_NOSUID, why);
	if (dev < 0 || mount_attach(dev, target, "/dev", why))
		return -1;
	if (make_nodes(dev, host_nodes, why) || make_links(dev, why) || mount_terminals(dev, why) ||
	    mount_shared_memory(dev, sandbox->request->shm_size, why))
		return -1;
	// Queues belong to the IPC namespace: those of the host are not ours to mount in a user namespace.
	if (sandbox->in_user_namespace && !(sandbox->request->namespaces & CLONE_NEWIPC))
		return 0;
	return mount_queues(dev, why);
}
