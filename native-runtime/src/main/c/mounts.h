// Mounting inside the container's root, safe against any link that an image holds.
#ifndef DARSENA_MOUNTS_H
#define DARSENA_MOUNTS_H

#include "error.h"
#include "kernel.h"

struct mount_option {
	const char *key;
	const char *value; // null: a flag
};

// Makes a file system that is mounted nowhere yet. Its descriptor, or -1.
int mount_make(const char *type, const struct mount_option *options, size_t count, unsigned attributes, struct failure *why);

// Opens (O_PATH) a directory of the container's root for a mount, making it when it is missing. Links are refused.
int mount_point(const char *path, struct failure *why);

// Attaches a detached mount to an O_PATH descriptor.
int mount_attach(int tree, int target, const char *name, struct failure *why);

// Copies the mount at a path (a detached bind mount).
int mount_copy(int directory, const char *path, bool recursive, struct failure *why);

// Makes a detached mount carry further attributes, those locked in a user namespace kept.
int mount_restrict(int tree, unsigned attributes, bool recursive, const char *name, struct failure *why);

struct sandbox;
int devices_mount(struct sandbox *sandbox, const int *host_nodes);
// Copies of the host's device nodes, taken while the host's /dev is in reach (in a user namespace only).
enum { DEVICE_COUNT = 6 };
int devices_collect(const struct sandbox *sandbox, int *host_nodes);

int cgroup_mount(struct sandbox *sandbox);

// Copies of the sources of the extra bind mounts, taken while the host's files are in reach.
int binds_collect(const struct sandbox *sandbox, int *trees);
int binds_attach(struct sandbox *sandbox, const int *trees);
int paths_mask(struct sandbox *sandbox);

#endif
