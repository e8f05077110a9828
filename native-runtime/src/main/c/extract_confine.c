#define _GNU_SOURCE
#include "extract_confine.h"

#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCH AUDIT_ARCH_AARCH64
#else
#error "the extractor's filter knows x86_64 and aarch64"
#endif

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

enum { ALLOWED = sizeof allowed / sizeof *allowed, HEAD = 7, TAIL = 3 };

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
#define IF_EQUAL(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), yes, no)
#define IF_ANY_BIT(bits, yes, no) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (uint32_t)(bits), yes, no)
#define END(action) BPF_STMT(BPF_RET | BPF_K, action)

static int load_filter(void)
{
	struct sock_filter program[HEAD + ALLOWED + TAIL] = {
		LOAD(arch),
		IF_EQUAL(THIS_ARCH, 1, 0),
		END(SECCOMP_RET_KILL_PROCESS),
		LOAD(nr),
		IF_EQUAL(SYS_mmap, 0, 2),
		LOAD(args[2]),
		IF_ANY_BIT(PROT_EXEC, ALLOWED + 1, ALLOWED + 2), // no memory is made executable
	};
	for (unsigned i = 0; i < ALLOWED; i++)
		program[HEAD + i] = (struct sock_filter)IF_EQUAL(allowed[i], (unsigned char)(ALLOWED - i + 1), 0);
	program[HEAD + ALLOWED] = (struct sock_filter)END(SECCOMP_RET_KILL_PROCESS);
	program[HEAD + ALLOWED + 1] = (struct sock_filter)END(SECCOMP_RET_KILL_PROCESS);
	program[HEAD + ALLOWED + 2] = (struct sock_filter)END(SECCOMP_RET_ALLOW);
	struct sock_fprog filter = { sizeof program / sizeof *program, program };
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

static uint64_t needed_capabilities(bool rootless)
{
	uint64_t needed = BIT(CAP_CHOWN) | BIT(CAP_DAC_OVERRIDE) | BIT(CAP_FOWNER) | BIT(CAP_FSETID) | BIT(CAP_MKNOD) |
		BIT(CAP_SETFCAP);
	// Of root's overlay the marks are `trusted.` attributes, which nobody else may set.
	return rootless ? needed : needed | BIT(CAP_SYS_ADMIN);
}

static int drop_capabilities(uint64_t needed, struct failure *why)
{
	// The bounding set needs CAP_SETPCAP, which a reduced root may lack; nothing is executed anyway.
	for (int capability = 0; capability < 64; capability++)
		if (!(needed & BIT(capability)))
			prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct now[2];
	if (syscall(SYS_capget, &header, now))
		return fail(why, "read", "the capabilities of the extractor");
	for (int word = 0; word < 2; word++) {
		now[word].permitted &= (uint32_t)(needed >> 32 * word);
		now[word].effective = now[word].permitted;
		now[word].inheritable = 0;
	}
	if (syscall(SYS_capset, &header, now))
		return fail(why, "drop", "the capabilities of the extractor");
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	return 0;
}

// A lower hard limit stays.
static int limit(int resource, rlim_t most, struct failure *why)
{
	struct rlimit now;
	if (getrlimit(resource, &now))
		return fail(why, "read", "a limit of the extractor");
	rlim_t value = now.rlim_max < most ? now.rlim_max : most;
	struct rlimit wanted = { value, value };
	return setrlimit(resource, &wanted) ? fail(why, "set", "a limit of the extractor") : 0;
}

int extract_confine(int root, bool rootless, struct failure *why)
{
	umask(0);
	if (fchdir(root) || chroot(".") || chdir("/"))
		return fail(why, "change root", "to the layer's directory");
	if (limit(RLIMIT_AS, MOST_MEMORY, why) || limit(RLIMIT_NOFILE, MOST_FILES, why) || limit(RLIMIT_CORE, 0, why))
		return -1;
	if (drop_capabilities(needed_capabilities(rootless), why))
		return -1;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return fail(why, "set", "no_new_privs");
	return load_filter() ? fail(why, "load", "the system call filter of the extractor") : 0;
}
