// Descriptors are closed on kernels that cannot do so for a range of them, too.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "files.h"
#include "kernel.h"

enum { OPENED = 40 };

// From now on close_range fails as on a kernel before 5.9.
static void refuse_range(int number)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_close_range, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)number),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = sizeof filter / sizeof *filter, .filter = filter };
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0))
		exit(2);
	check(sys_close_range(~0u, ~0u, 0) == -1 && errno == number, "close_range fails here");
}

static void open_many(int *opened)
{
	for (int i = 0; i < OPENED; i++) {
		opened[i] = open("/dev/null", O_RDONLY);
		if (opened[i] < 3)
			exit(2);
	}
}

static void all_but_some_are_closed(void)
{
	int opened[OPENED];
	open_many(opened);
	const int kept[] = { opened[30], -1, opened[7] };
	check(close_all_but(kept, 3) == 0, "all but three are closed");
	for (int i = 0; i < OPENED; i++) {
		bool open = fcntl(opened[i], F_GETFD) >= 0;
		check(open == (i == 30 || i == 7), "%d is %s", opened[i], open ? "open" : "closed");
	}
	check(fcntl(2, F_GETFD) == 0, "the standard streams stay");
	check(close_all_but(NULL, 0) == 0, "all are closed");
	check(fcntl(opened[7], F_GETFD) < 0 && errno == EBADF, "none is kept when none is named");
}

// In a process of its own: a filter stays. 0: this kernel as it is.
static void on_a_kernel_that_answers(int number)
{
	pid_t child = fork();
	if (child == 0) {
		if (number)
			refuse_range(number);
		all_but_some_are_closed();
		fflush(stderr);
		_exit(failures ? 1 : 0);
	}
	int status = -1;
	const bool ended = waitpid(child, &status, 0) == child;
	check(ended && status == 0, "with close_range failing by %d: status %x", number, (unsigned)status);
}

int main(void)
{
	on_a_kernel_that_answers(0);
	on_a_kernel_that_answers(ENOSYS);
	return check_end("files_test");
}
