#define _GNU_SOURCE
#include "narrow.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCH AUDIT_ARCH_AARCH64
#else
#error "the filter knows x86_64 and aarch64"
#endif

enum { HEAD = 7, TAIL = 3 };

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
#define IF_EQUAL(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), yes, no)
#define IF_ANY_BIT(bits, yes, no) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (uint32_t)(bits), yes, no)
#define END(action) BPF_STMT(BPF_RET | BPF_K, action)

int narrow_calls(const unsigned short *allowed, size_t count, const char *who, struct failure *why)
{
	if (count > MOST_ALLOWED_CALLS)
		return fail_with(why, E2BIG, NULL, "load", "the system call filter of %s", who);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return fail(why, "set", "no_new_privs of %s", who);
	const unsigned char calls = (unsigned char)count;
	struct sock_filter program[HEAD + MOST_ALLOWED_CALLS + TAIL] = {
		LOAD(arch),
		IF_EQUAL(THIS_ARCH, 1, 0),
		END(SECCOMP_RET_KILL_PROCESS),
		LOAD(nr),
		IF_EQUAL(SYS_mmap, 0, 2),
		LOAD(args[2]),
		IF_ANY_BIT(PROT_EXEC, calls + 1, calls + 2), // no memory is made executable
	};
	for (unsigned char i = 0; i < calls; i++)
		program[HEAD + i] = (struct sock_filter)IF_EQUAL(allowed[i], (unsigned char)(calls - i + 1), 0);
	program[HEAD + calls] = (struct sock_filter)END(SECCOMP_RET_KILL_PROCESS);
	program[HEAD + calls + 1] = (struct sock_filter)END(SECCOMP_RET_KILL_PROCESS);
	program[HEAD + calls + 2] = (struct sock_filter)END(SECCOMP_RET_ALLOW);
	struct sock_fprog filter = { (unsigned short)(HEAD + calls + TAIL), program };
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter))
		return fail(why, "load", "the system call filter of %s", who);
	return 0;
}

int narrow_capabilities(uint64_t needed, const char *who, struct failure *why)
{
	// The bounding set needs CAP_SETPCAP, which a reduced root may lack; nothing is executed anyway.
	for (int capability = 0; capability < 64; capability++)
		if (!(needed >> capability & 1))
			prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct now[2];
	if (syscall(SYS_capget, &header, now))
		return fail(why, "read", "the capabilities of %s", who);
	for (int word = 0; word < 2; word++) {
		now[word].permitted &= (uint32_t)(needed >> 32 * word);
		now[word].effective = now[word].permitted;
		now[word].inheritable = 0;
	}
	if (syscall(SYS_capset, &header, now))
		return fail(why, "drop", "the capabilities of %s", who);
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	return 0;
}

int narrow_limit(int resource, rlim_t most, const char *who, struct failure *why)
{
	struct rlimit now;
	if (getrlimit(resource, &now))
		return fail(why, "read", "a limit of %s", who);
	rlim_t value = now.rlim_max < most ? now.rlim_max : most;
	struct rlimit wanted = { value, value };
	return setrlimit(resource, &wanted) ? fail(why, "set", "a limit of %s", who) : 0;
}
