#define _GNU_SOURCE
#include "revert.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "extract_path.h"
#include "files.h"
#include "narrow.h"
#include "owned.h"
#include "revert_path.h"
#include "tree_scan.h"

#define WHO "a revert"
#define BIT(capability) (UINT64_C(1) << (capability))

enum { MOST_MEMORY = 512 << 20, MOST_FILES = 8192 };

static const unsigned short allowed[] = {
	SYS_read, SYS_write, SYS_writev, SYS_close, SYS_fstat, SYS_newfstatat, SYS_openat, SYS_openat2, SYS_getdents64, SYS_lseek,
	SYS_ftruncate, SYS_readlinkat, SYS_listxattr, SYS_getxattr, SYS_flistxattr, SYS_fgetxattr, SYS_fsetxattr,
	SYS_fremovexattr, SYS_unlinkat, SYS_renameat2, SYS_renameat, SYS_mkdirat, SYS_symlinkat, SYS_linkat, SYS_mknodat, SYS_fchown,
	SYS_fchownat, SYS_fchmod, SYS_fchmodat, SYS_utimensat, SYS_brk, SYS_mmap, SYS_munmap, SYS_mremap, SYS_madvise,
	SYS_sysinfo, SYS_exit, SYS_exit_group, SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_restart_syscall, SYS_getpid, SYS_gettid,
	SYS_tgkill, SYS_futex, SYS_getrandom, SYS_clock_gettime,
#ifdef SYS_fchmodat2
	SYS_fchmodat2,
#endif
#ifdef SYS_open
	SYS_open,
#endif
};

int revert_refuse(struct failure *why, int number, const char *path, size_t length, const char *reason, const char *hint)
{
	refuse(why, number, reason, "revert", "/%.*s", (int)length, path);
	snprintf(why->hint, sizeof why->hint, "%s", hint);
	return -1;
}

// Of root's overlay the marks are `trusted.` attributes, which nobody else may see: those of a mounted one are of no interest.
static int narrow(const struct revert_spec *spec, struct failure *why)
{
	uint64_t needed = BIT(CAP_CHOWN) | BIT(CAP_DAC_OVERRIDE) | BIT(CAP_DAC_READ_SEARCH) | BIT(CAP_FOWNER) | BIT(CAP_FSETID) |
			  BIT(CAP_MKNOD) | BIT(CAP_SETFCAP);
	if (!spec->pid && !spec->in_user_namespace)
		needed |= BIT(CAP_SYS_ADMIN);
	if (narrow_limit(RLIMIT_AS, MOST_MEMORY, WHO, why) || narrow_limit(RLIMIT_NOFILE, MOST_FILES, WHO, why) ||
	    narrow_limit(RLIMIT_CORE, 0, WHO, why) || narrow_capabilities(needed, WHO, why))
		return -1;
	return narrow_calls(allowed, sizeof allowed / sizeof *allowed, WHO, why);
}

static int refuse_ended(struct failure *why)
{
	return revert_refuse(why, ESRCH, "", 0, "the container has just ended", "try again");
}

// Its namespace is held before it is made sure whose it is. Its root there is not where its first process may have gone
// since, but where the namespace begins.
static int enter_container(const struct revert_spec *spec, struct failure *why)
{
	char path[48];
	struct statfs facts;
	snprintf(path, sizeof path, "/proc/%d/ns/mnt", (int)spec->pid);
	OWNED_FD names = open("/proc/self/fd", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (names < 0)
		return fail(why, "open", "/proc/self/fd");
	if (process_start_ticks(spec->pid) != spec->start_ticks)
		return refuse_ended(why); // another one's namespace may not even be opened
	OWNED_FD mounts = open(path, O_RDONLY | O_CLOEXEC);
	if (mounts < 0 && errno != ENOENT && errno != ESRCH)
		return fail(why, "open namespace", "%s", path);
	if (mounts < 0 || process_start_ticks(spec->pid) != spec->start_ticks)
		return refuse_ended(why);
	if (setns(mounts, CLONE_NEWNS))
		return fail(why, "join mount namespace", "of process %d", (int)spec->pid);
	OWNED_FD root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0 || fstatfs(root, &facts))
		return fail(why, "open", "/ in the container");
	if ((unsigned long)facts.f_type != OVERLAYFS_SUPER_MAGIC)
		return revert_refuse(why, EBUSY, "", 0, "the container has mounted something over its root", "stop it first");
	if (fchdir(names))
		return fail(why, "change directory", "/proc/self/fd");
	return disown_fd(&root);
}

static int open_roots(const struct revert_spec *spec, struct reverter *reverter, struct failure *why)
{
	reverter->trash = -1;
	if (view_open(reverter->view, why))
		return -1;
	if (spec->pid) {
		reverter->root = enter_container(spec, why);
		return reverter->root < 0 ? -1 : 0;
	}
	reverter->root = open(spec->upper, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (reverter->root < 0)
		return fail(why, "open", "%s", spec->upper);
	reverter->trash = open(spec->trash, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return reverter->trash < 0 ? fail(why, "open", "%s", spec->trash) : 0;
}

static int digit(char letter)
{
	return letter >= '0' && letter <= '9' ? letter - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

static bool is_plain(const char *path)
{
	for (;;) {
		size_t length = strcspn(path, "/");
		if (!length || length > LONGEST_NAME || (length <= 2 && !strncmp(path, "..", length)))
			return false;
		path += length;
		if (!*path)
			return true;
		path++;
	}
}

static int read_path(const char *record, char path[static LONGEST_PATH], struct failure *why)
{
	static const char reason[] = "a path is to be w or a, a space, and what of it is in hex";
	size_t used = 0;
	if ((record[0] != 'w' && record[0] != 'a') || record[1] != ' ')
		return refuse(why, EINVAL, reason, "revert", "%s", record);
	for (const char *at = record + 2; *at; at += 2) {
		int high = digit(at[0]), low = at[1] ? digit(at[1]) : -1;
		if (high < 0 || low < 0 || used + 1 >= LONGEST_PATH)
			return refuse(why, EINVAL, reason, "revert", "%s", record);
		path[used++] = (char)(high << 4 | low);
	}
	path[used] = '\0';
	if (strlen(path) != used || !is_plain(path))
		return refuse(why, EINVAL, "a path is to have names alone, none of them . or ..", "revert", "%s", path);
	return 0;
}

static int revert_each(const struct revert_spec *spec, struct reverter *reverter, struct failure *why)
{
	char path[LONGEST_PATH];
	for (size_t i = 0; i < spec->paths.count; i++) {
		const char *record = spec->paths.items[i];
		if (read_path(record, path, why))
			return -1;
		int state = !spec->pid ? revert_stored(reverter, path, why)
			    : *record == 'a' ? revert_directory(reverter, path, why)
					     : revert_mounted(reverter, path, why);
		if (state)
			return -1;
	}
	return 0;
}

int revert(const struct revert_spec *spec, struct failure *why)
{
	__attribute__((cleanup(view_owned))) struct image_view *view = view_new(&spec->lowers, spec->in_user_namespace);
	OWNED_MEMORY struct reverter *reverter = calloc(1, sizeof *reverter);
	if (!view || !reverter)
		return fail_with(why, ENOMEM, NULL, "revert", "files of a container");
	umask(0);
	reverter->view = view;
	reverter->attributes.rootless = reverter->copier.attributes.rootless = spec->in_user_namespace;
	if (open_roots(spec, reverter, why) || narrow(spec, why))
		return -1;
	return revert_each(spec, reverter, why);
}
