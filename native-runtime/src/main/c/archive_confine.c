#define _GNU_SOURCE
#include "archive_confine.h"

#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "narrow.h"

#define WHO "the archiver"
#define BIT(capability) (UINT64_C(1) << (capability))

enum {
	// A directory of millions of names, and the names of files with several links.
	MOST_MEMORY = 512 << 20,
	// Every directory on the way to an entry is open, and a path has at most 8192 of them.
	MOST_FILES = 12288,
	NOBODY = 65534,
};

static const unsigned short allowed[] = {
	SYS_read, SYS_write, SYS_close, SYS_fstat, SYS_newfstatat, SYS_openat, SYS_openat2, SYS_getdents64, SYS_readlinkat,
	SYS_listxattr, SYS_getxattr, SYS_brk, SYS_mmap, SYS_munmap, SYS_mremap, SYS_madvise, SYS_sysinfo, SYS_exit,
	SYS_exit_group, SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_restart_syscall, SYS_getpid, SYS_gettid, SYS_tgkill,
	SYS_futex, SYS_getrandom, SYS_clock_gettime, SYS_writev,
#ifdef SYS_open
	SYS_open,
#endif
};

static uint64_t needed_capabilities(bool rootless)
{
	// Of root's overlay the marks are `trusted.` attributes, which nobody else may see.
	return BIT(CAP_DAC_READ_SEARCH) | (rootless ? 0 : BIT(CAP_SYS_ADMIN));
}

// Where nobody has an id, in a user namespace of one user, root of it is no more than that user, and stays.
static void become_nobody(void)
{
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
		return;
	if (setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY))
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); // which a change of user takes away
}

int archive_confine(int root, bool rootless, struct failure *why)
{
	char number[16];
	snprintf(number, sizeof number, "%d", root);
	if (chroot(number))
		return fail(why, "change root", "to the first directory to be archived");
	if (narrow_limit(RLIMIT_AS, MOST_MEMORY, WHO, why) || narrow_limit(RLIMIT_NOFILE, MOST_FILES, WHO, why) ||
	    narrow_limit(RLIMIT_CORE, 0, WHO, why))
		return -1;
	become_nobody();
	if (narrow_capabilities(needed_capabilities(rootless), WHO, why))
		return -1;
	return narrow_calls(allowed, sizeof allowed / sizeof *allowed, WHO, why);
}
