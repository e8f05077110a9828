/* seccomp-probe: what does each system call number answer here?
 *
 *     cc -O2 -static -o seccomp-probe seccomp_probe.c
 *     seccomp-probe [--no-new-privs] [--load FILE] [LAST]
 *
 * Makes every system call from 0 to LAST (600) in a child process of its own and prints one line for each:
 *
 *     NUMBER OUTCOME ARG0
 *
 * OUTCOME is the errno in decimal, 0 for success; or `-N` when the call ended the child by signal N; `blocked` when it
 * did not come back within a second; `skipped` (see below). ARG0 is the first argument in hexadecimal. Calls whose
 * treatment depends on arguments appear several times. With --load the filter in FILE (an array of struct sock_filter)
 * is loaded first; without CAP_SYS_ADMIN that needs --no-new-privs (give it to both runs, then: it shows).
 *
 * How a filter's errno is told from the kernel's own: run the probe twice in the same surroundings (same user,
 * capabilities, namespaces), once with the filter and once without. Where the profile's verdict for (number, arguments)
 * is "allow", both outcomes must be equal, whatever they are: EFAULT, EINVAL, or an EPERM that is the kernel's own. Where
 * the verdict is an errno, the filtered outcome must be that errno; the unfiltered one shows whether that proves
 * anything (it does unless the kernel would have said the same). The Java side has the verdict:
 * io.darsena.runtime.seccomp.SeccompProfile.verdict(SystemCall.of(abi, NUMBER, ARG0, -1, -1, -1, -1, -1), context).
 *
 * One exception on x86_64: Linux 6.18 makes uprobe and uretprobe without asking any filter (kernel/seccomp.c; seen here),
 * so their outcome may be the unfiltered one whatever the profile says.
 *
 * Why nothing harmful happens: every argument is -1 unless said otherwise in `cases` below: an invalid pointer, file
 * descriptor, process, signal, flag word and size, so that calls fail before they act. The child is killed afterwards,
 * and with it what it did to itself alone (umask, alarm, brk, set_tid_address). It leads a session of its own, so that
 * vhangup finds no terminal. What needed a decision:
 *
 *     fork, vfork, clone    the new process ends at once; clone with -1 asks for contradicting flags
 *     exit, exit_group      the child ends with status 255, which counts as success
 *     pause, rt_sigsuspend  may block: the outcome says so, and the child is killed
 *     rt_sigreturn, uretprobe, uprobe  end the child by a signal: the outcome says so
 *     msgget                with all flags would make a message queue that stays: flags are 0
 *     sync                  skipped: takes no argument, cannot fail, and writes out every file system of the machine
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NOT_RETURNED 0x7ffffffffffffffe
#define PATIENCE_MS 1000

struct probe {
	long number;
	long argument[6];
};

/* Always inlined: the process that vfork makes must not return into its parent's frame. */
static inline __attribute__((always_inline)) long raw_call(long number, const long *argument) {
#if defined __x86_64__
	register long r10 __asm__("r10") = argument[3];
	register long r8 __asm__("r8") = argument[4];
	register long r9 __asm__("r9") = argument[5];
	long result;
	__asm__ volatile("syscall"
	                 : "=a"(result)
	                 : "a"(number), "D"(argument[0]), "S"(argument[1]), "d"(argument[2]), "r"(r10), "r"(r8), "r"(r9)
	                 : "rcx", "r11", "memory");
	return result;
#elif defined __aarch64__
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = argument[0];
	register long x1 __asm__("x1") = argument[1];
	register long x2 __asm__("x2") = argument[2];
	register long x3 __asm__("x3") = argument[3];
	register long x4 __asm__("x4") = argument[4];
	register long x5 __asm__("x5") = argument[5];
	__asm__ volatile("svc 0"
	                 : "+r"(x0)
	                 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
	                 : "memory");
	return x0;
#else
#error "seccomp-probe knows x86_64 and aarch64"
#endif
}

static void fail(const char *what) {
	fprintf(stderr, "seccomp-probe: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* The child: makes the call, notes the result where the parent sees it, and ends. */
static __attribute__((noreturn)) void call_and_end(const struct probe *probe, volatile long *result) {
	const long nothing[6] = {0};
	volatile long self;

	setsid();
	self = raw_call(SYS_getpid, nothing);
	long returned = raw_call(probe->number, probe->argument);
	if (returned != 0 || raw_call(SYS_getpid, nothing) == self)
		*result = returned;
	for (;;)
		raw_call(SYS_exit_group, nothing);
}

/* Waits for the child's end; kills it when it takes too long. Returns whether it ended by itself. */
static int wait_for(pid_t child, int *status) {
	for (int elapsed = 0; elapsed < PATIENCE_MS * 5; elapsed++) {
		pid_t ended = waitpid(child, status, WNOHANG);
		if (ended < 0)
			fail("waitpid");
		if (ended == child)
			return 1;
		nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
	}
	kill(child, SIGKILL);
	if (waitpid(child, status, 0) < 0)
		fail("waitpid");
	return 0;
}

static void run(const struct probe *probe, volatile long *result) {
	int status = 0;
	*result = NOT_RETURNED;
	fflush(stdout);
	pid_t child = fork();
	if (child < 0)
		fail("fork");
	if (child == 0)
		call_and_end(probe, result);
	int ended = wait_for(child, &status);
	long returned = *result;
	int exits = probe->number == SYS_exit || probe->number == SYS_exit_group;

	printf("%ld ", probe->number);
	if (returned != NOT_RETURNED)
		printf("%ld", returned < 0 && returned >= -4095 ? -returned : 0);
	else if (!ended)
		printf("blocked");
	else if (WIFSIGNALED(status))
		printf("%d", -WTERMSIG(status));
	else if (exits && WEXITSTATUS(status) == 255)
		printf("0");
	else
		printf("ended");
	printf(" %lx\n", (unsigned long)probe->argument[0]);
}

/* Calls that are made with other arguments than -1, or with several. */
static const struct probe cases[] = {
    {SYS_msgget, {-1, 0, 0, 0, 0, 0}},
    {SYS_personality, {0, -1, -1, -1, -1, -1}},
    {SYS_personality, {0x8, -1, -1, -1, -1, -1}},
    {SYS_personality, {0x20008, -1, -1, -1, -1, -1}},
    {SYS_personality, {0xffffffff, -1, -1, -1, -1, -1}},
    {SYS_personality, {0x12345, -1, -1, -1, -1, -1}},
    {SYS_socket, {1, -1, -1, -1, -1, -1}},  /* AF_UNIX of an impossible type */
    {SYS_socket, {38, -1, -1, -1, -1, -1}}, /* AF_ALG */
    {SYS_socket, {39, -1, -1, -1, -1, -1}}, /* AF_NFC */
    {SYS_socket, {40, -1, -1, -1, -1, -1}}, /* AF_VSOCK */
    {SYS_socket, {41, -1, -1, -1, -1, -1}},
    {SYS_socket, {0x100000028, -1, -1, -1, -1, -1}}, /* AF_VSOCK behind a bit that the kernel ignores */
    {SYS_clone, {-1, -1, -1, -1, -1, -1}},
    {SYS_clone, {SIGCHLD, 0, 0, 0, 0, 0}},
    {SYS_clone, {0x10000000 | SIGCHLD, 0, 0, 0, 0, 0}}, /* CLONE_NEWUSER */
    {SYS_clone, {0x00020000 | SIGCHLD, 0, 0, 0, 0, 0}}, /* CLONE_NEWNS */
};
static const size_t case_count = sizeof cases / sizeof cases[0];

static void probe_number(long number, volatile long *result) {
	const struct probe usual = {number, {-1, -1, -1, -1, -1, -1}};
	int special = 0;

	if (number == SYS_sync) {
		printf("%ld skipped %lx\n", number, -1UL);
		return;
	}
	for (size_t index = 0; index < case_count; index++) {
		if (cases[index].number == number) {
			special = 1;
			run(&cases[index], result);
		}
	}
	if (!special)
		run(&usual, result);
}

static void load(const char *file) {
	static struct sock_filter program[4096];
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fail(file);
	ssize_t size = read(fd, program, sizeof program);
	if (size <= 0 || size % (ssize_t)sizeof program[0] != 0) {
		fprintf(stderr, "seccomp-probe: %s: not an array of struct sock_filter\n", file);
		exit(2);
	}
	close(fd);
	struct sock_fprog filter = {.len = size / sizeof program[0], .filter = program};
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) != 0)
		fail("seccomp");
}

int main(int argc, char **argv) {
	int next = 1;
	if (argc > next && strcmp(argv[next], "--no-new-privs") == 0) {
		if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
			fail("prctl");
		next++;
	}
	if (argc > next + 1 && strcmp(argv[next], "--load") == 0) {
		load(argv[next + 1]);
		next += 2;
	}
	long last = argc > next ? strtol(argv[next], NULL, 10) : 600;
	volatile long *result =
	    mmap(NULL, sizeof *result, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (result == MAP_FAILED)
		fail("mmap");
	for (long number = 0; number <= last; number++)
		probe_number(number, result);
	return fflush(stdout) == 0 ? 0 : 2;
}
