// A tree of very many directories in each other is copied, or refused in words before descriptors run out.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "owned.h"
#include "tree.h"
#include "tree_copy.h"
#include "tree_scan.h"

enum { COPIED = 1500, REFUSED = 2100, MOST_FILES = 8192 };

static struct copier copier;

static int make(int top, const char *name, int depth)
{
	OWNED_FD at = fcntl(top, F_DUPFD_CLOEXEC, 0);
	for (int i = 0; i < depth; i++) {
		const char *each = i ? "d" : name;
		if (mkdirat(at, each, 0700))
			return -1;
		int next = openat(at, each, O_PATH | O_DIRECTORY | O_CLOEXEC);
		close_owned(&at);
		at = next;
	}
	return at < 0 ? -1 : 0;
}

static int copy(int top, const char *name, struct failure *why)
{
	struct stat status;
	OWNED_FD held = openat(top, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (held < 0 || fstat(held, &status))
		return fail(why, "open", "%s", name);
	return copy_tree(&copier, held, &status, top, "copy", name, why);
}

int main(void)
{
	struct rlimit files;
	struct failure why = { 0 };
	struct tree_failure failure;
	if (getrlimit(RLIMIT_NOFILE, &files))
		return 2;
	files.rlim_cur = files.rlim_max < MOST_FILES ? files.rlim_max : MOST_FILES;
	OWNED_FD top = place_make("tree_copy_test") ? -1 : open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (setrlimit(RLIMIT_NOFILE, &files) || top < 0 || make(top, "copied", COPIED) || make(top, "refused", REFUSED) ||
	    scan_prepare(&why))
		return 2;
	if (files.rlim_cur == MOST_FILES) {
		check(!copy(top, "copied", &why), "1500 directories in each other are copied");
		check(!tree_delete_at(top, "copy", &failure), "and go again");
		check(copy(top, "refused", &why) && strstr(why.reason, "more than 2000 directories"), "more are refused in words");
	}
	check(!tree_delete(place, &failure), "all of it goes");
	return check_end("tree_copy_test");
}
