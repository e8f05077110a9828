// /sys/fs/cgroup in the container: read-only, its own cgroup at the top.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "files.h"
#include "mounts.h"
#include "owned.h"
#include "sandbox.h"

enum { MOST_CONTROLLERS = 16 };
static const unsigned hardened = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_RDONLY;

static int attach(int top, const char *name, int tree, struct failure *why)
{
	OWNED_FD owned = tree;
	if (owned < 0)
		return -1;
	if (mkdirat(top, name, 0755))
		return fail(why, "make directory", "/sys/fs/cgroup/%s in the container", name);
	if (sys_move_mount(owned, top, name, 0))
		return fail(why, "attach mount", "/sys/fs/cgroup/%s in the container", name);
	return 0;
}

// One version 1 hierarchy: `controllers` is what /proc/self/cgroup names it, as `cpu,cpuacct` or `name=systemd`.
static int mount_hierarchy(int top, const char *controllers, struct failure *why)
{
	struct mount_option options[MOST_CONTROLLERS];
	char words[128];
	size_t count = 0;
	if (snprintf(words, sizeof words, "%s", controllers) >= (int)sizeof words)
		return 0;
	if (!strncmp(words, "name=", 5)) {
		options[count++] = (struct mount_option){ "none", NULL };
		options[count++] = (struct mount_option){ "name", words + 5 };
		return attach(top, words + 5, mount_make("cgroup", options, count, hardened, why), why);
	}
	char *rest = words;
	for (char *word; count < MOST_CONTROLLERS && (word = strsep(&rest, ","));) {
		options[count++] = (struct mount_option){ word, NULL };
		if (strcmp(word, controllers) && symlinkat(controllers, top, word))
			return fail(why, "make link", "/sys/fs/cgroup/%s in the container", word);
	}
	return attach(top, controllers, mount_make("cgroup", options, count, hardened, why), why);
}

static int mount_hierarchies(int top, char *lines, struct failure *why)
{
	for (char *line; (line = strsep(&lines, "\n")) && *line;) {
		strsep(&line, ":");
		char *controllers = strsep(&line, ":");
		if (!controllers)
			continue;
		int result = *controllers ? mount_hierarchy(top, controllers, why)
					  : attach(top, "unified", mount_make("cgroup2", NULL, 0, hardened, why), why);
		if (result)
			return -1;
	}
	return 0;
}

// A machine is of version 2 alone when its one hierarchy is unnamed.
static bool has_version_1(const char *lines)
{
	return strncmp(lines, "0::", 3) != 0 || strchr(lines, '\n')[1] != '\0';
}

int cgroup_mount(struct sandbox *sandbox)
{
	struct failure *why = &sandbox->progress->failure;
	char lines[2048];
	if (file_read(AT_FDCWD, "/proc/self/cgroup", lines, sizeof lines) < 0)
		return fail(why, "read", "/proc/self/cgroup");
	OWNED_FD target = mount_point("/sys/fs/cgroup", why);
	if (target < 0)
		return -1;
	if (!strchr(lines, '\n'))
		return 0;
	if (!has_version_1(lines)) {
		OWNED_FD tree = mount_make("cgroup2", NULL, 0, hardened, why);
		return tree < 0 ? -1 : mount_attach(tree, target, "/sys/fs/cgroup", why);
	}
	const struct mount_option options[] = { { "mode", "755" } };
	OWNED_FD top = mount_make("tmpfs", options, 1, hardened & ~MOUNT_ATTR_RDONLY, why);
	if (top < 0 || mount_attach(top, target, "/sys/fs/cgroup", why) || mount_hierarchies(top, lines, why))
		return -1;
	return mount_restrict(top, MOUNT_ATTR_RDONLY, false, "/sys/fs/cgroup", why);
}
