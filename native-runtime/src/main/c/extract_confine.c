#define _GNU_SOURCE
#include "extract_confine.h"

#include <linux/capability.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "narrow.h"

#define WHO "the extractor"
#define BIT(capability) (UINT64_C(1) << (capability))

enum {
	// zstd's window of 128 MiB, if a layer asks for it, is by far the most.
	MOST_MEMORY = 192 << 20,
	MOST_FILES = 64,
};

// Only these; everything else ends the process. There is no socket to be made, nothing to be executed, no other process to
// be reached.
static const unsigned short allowed[] = {
	SYS_read, SYS_write, SYS_close, SYS_lseek, SYS_fstat, SYS_newfstatat, SYS_openat, SYS_openat2, SYS_getdents64,
	SYS_mkdirat, SYS_mknodat, SYS_symlinkat, SYS_linkat, SYS_unlinkat, SYS_fchown, SYS_fchownat, SYS_fchmod,
	SYS_fchmodat, SYS_ftruncate, SYS_fsetxattr, SYS_fstatfs, SYS_utimensat, SYS_brk, SYS_mmap, SYS_munmap, SYS_mremap, SYS_madvise,
	SYS_exit, SYS_exit_group, SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_restart_syscall, SYS_getpid, SYS_gettid,
	SYS_tgkill, SYS_futex, SYS_getrandom, SYS_clock_gettime, SYS_writev,
};

static uint64_t needed_capabilities(bool rootless)
{
	uint64_t needed = BIT(CAP_CHOWN) | BIT(CAP_DAC_OVERRIDE) | BIT(CAP_FOWNER) | BIT(CAP_FSETID) | BIT(CAP_MKNOD) |
		BIT(CAP_SETFCAP);
	// Of root's overlay the marks are `trusted.` attributes, which nobody else may set.
	return rootless ? needed : needed | BIT(CAP_SYS_ADMIN);
}

int extract_confine(int root, bool rootless, struct failure *why)
{
	umask(0);
	if (fchdir(root) || chroot(".") || chdir("/"))
		return fail(why, "change root", "to the layer's directory");
	if (narrow_limit(RLIMIT_AS, MOST_MEMORY, WHO, why) || narrow_limit(RLIMIT_NOFILE, MOST_FILES, WHO, why) ||
	    narrow_limit(RLIMIT_CORE, 0, WHO, why))
		return -1;
	if (narrow_capabilities(needed_capabilities(rootless), WHO, why))
		return -1;
	return narrow_calls(allowed, sizeof allowed / sizeof *allowed, WHO, why);
}
