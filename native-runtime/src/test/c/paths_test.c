// A path below a root is opened though other programs rename meanwhile.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "kernel.h"
#include "owned.h"

enum { ENOUGH = 20, MOST_SECONDS = 30 };

// The kernel counts renames of all file systems together.
static pid_t rename_without_end(int directory)
{
	pid_t parent = getpid();
	pid_t child = fork();
	if (child)
		return child;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (getppid() == parent)
		if (renameat(directory, "one", directory, "other") || renameat(directory, "other", directory, "one"))
			_exit(1);
	_exit(0);
}

// openat2(2): "EAGAIN […] The caller may choose to retry the openat2() call."
static void an_open_that_the_kernel_gave_up_is_tried_again(int root)
{
	const char *path = "a/../a/../a/../a/../a/../a/../a/../a/..";
	unsigned inside = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
	int given_up = 0;
	for (time_t end = time(NULL) + MOST_SECONDS; given_up < ENOUGH && time(NULL) < end;) {
		struct open_how how = { .flags = O_PATH | O_CLOEXEC, .resolve = inside };
		OWNED_FD once = (int)syscall(SYS_openat2, root, path, &how, sizeof how);
		given_up += once < 0 && errno == EAGAIN;
		OWNED_FD fd = sys_openat2(root, path, O_PATH | O_CLOEXEC, 0, inside);
		if (fd < 0) {
			check(false, "open while another program renames");
			return;
		}
	}
	check(given_up == ENOUGH, "the kernel gave up often enough for this to say anything");
}

static void another_failure_is_told(int root)
{
	OWNED_FD fd = sys_openat2(root, "a/../nothing", O_PATH | O_CLOEXEC, 0, RESOLVE_IN_ROOT);
	check(fd < 0 && errno == ENOENT, "what is not there cannot be opened");
}

int main(void)
{
	OWNED_FD root = place_make("paths_test") ? -1 : open(place, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0 || mkdirat(root, "a", 0700) || mkdirat(root, "one", 0700))
		return 2;
	pid_t child = rename_without_end(root);
	an_open_that_the_kernel_gave_up_is_tried_again(root);
	another_failure_is_told(root);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	for (const char *const *name = (const char *const[]){ "a", "one", "other", NULL }; *name; name++)
		unlinkat(root, *name, AT_REMOVEDIR);
	rmdir(place);
	return check_end("paths_test");
}
