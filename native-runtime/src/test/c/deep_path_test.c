// Paths longer than the kernel takes at once are opened in pieces, and links in whichever of them lead nowhere else.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "deep_path.h"
#include "kernel.h"
#include "owned.h"
#include "tree.h"

#define CONFINED (RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV)

// The links lie in the second piece; one of them leads up into the first.
enum { DEPTH = 4000, LINK_AT = 3000, UP = 1300 };

// `d/d/…` of so many directories, and what comes behind them.
static const char *path_to(size_t depth, const char *behind)
{
	static char path[2 * DEPTH + 8192];
	for (size_t i = 0; i < depth; i++)
		memcpy(path + 2 * i, "d/", 2);
	strcpy(path + 2 * depth, behind);
	return path;
}

static int make_file(int directory, const char *name, char content)
{
	OWNED_FD fd = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return fd >= 0 && write(fd, &content, 1) == 1 ? 0 : -1;
}

// Directories in each other, in one of them links, and a file at the end.
static int make(int root)
{
	OWNED_FD at = fcntl(root, F_DUPFD_CLOEXEC, 0);
	char up[3 * UP + 8];
	for (size_t i = 0; i < UP; i++)
		memcpy(up + 3 * i, "../", 3);
	strcpy(up + (size_t)3 * UP, "d");
	for (int i = 0; i < DEPTH; i++) {
		if (i == LINK_AT && (symlinkat("/", at, "top") || symlinkat(up, at, "out") ||
				     symlinkat("d", at, "in") || make_file(at, "file", 'f')))
			return -1;
		if (mkdirat(at, "d", 0700))
			return -1;
		int next = openat(at, "d", O_PATH | O_DIRECTORY | O_CLOEXEC);
		close_owned(&at);
		at = next;
		if (at < 0)
			return -1;
	}
	return make_file(at, "end", 'e');
}

static char content(int root, const char *path, unsigned resolve)
{
	char byte = 0;
	OWNED_FD fd = deep_open(root, path, O_RDONLY | O_NOFOLLOW, resolve);
	return fd >= 0 && read(fd, &byte, 1) == 1 ? byte : 0;
}

static void a_usual_path_begins_at_the_root(int root)
{
	OWNED_FD held = -1;
	const char *path = "d/d", *before = path;
	check(deep_reach(root, &path, CONFINED, &held) == root && held < 0 && path == before, "a usual path is taken at once");
	OWNED_FD itself = deep_open(root, "", O_PATH | O_DIRECTORY, CONFINED);
	struct stat one, other;
	check(itself >= 0 && !fstat(itself, &one) && !fstat(root, &other) && one.st_ino == other.st_ino, "nothing is the root");
}

static void a_path_of_any_length_is_opened(int root)
{
	check(content(root, path_to(DEPTH, "end"), CONFINED) == 'e', "the end of 4000 directories, confined");
	check(content(root, path_to(DEPTH, "end"), 0) == 'e', "the end of 4000 directories");
	check(content(root, path_to(LINK_AT, "file"), CONFINED) == 'f', "a file on the way");
	for (size_t depth = 2044; depth < 2050; depth++) {
		OWNED_FD fd = deep_open(root, path_to(depth, "d"), O_PATH | O_DIRECTORY | O_NOFOLLOW, CONFINED);
		check(fd >= 0, "a path about as long as the kernel takes");
	}
}

static void fails(int root, const char *path, int flags, unsigned resolve, int number, const char *what)
{
	errno = 0;
	OWNED_FD fd = deep_open(root, path, flags, resolve);
	check(fd < 0 && errno == number, what);
}

static void links_lead_nowhere_else(int root)
{
	char through[2 * (DEPTH - LINK_AT) + 16];
	for (const char *const *link = (const char *const[]){ "top", "out", "in", NULL }; *link; link++) {
		// Behind the link comes so much that it lies in the last piece, and in one before it.
		snprintf(through, sizeof through, "%s/d", *link);
		fails(root, path_to(LINK_AT, through), O_PATH, CONFINED, ELOOP, "a link on the way");
		size_t length = strlen(*link);
		memcpy(through, *link, length);
		for (size_t i = 0; i < DEPTH - LINK_AT - 1; i++)
			memcpy(through + length + 2 * i, "/d", 3);
		fails(root, path_to(LINK_AT, through), O_PATH, CONFINED, ELOOP, "a link in the middle");
		fails(root, path_to(LINK_AT, *link), O_RDONLY | O_NOFOLLOW, CONFINED, ELOOP, "a link at the end");
	}
	fails(root, path_to(LINK_AT, "out"), O_PATH | O_DIRECTORY, RESOLVE_BENEATH, EXDEV, "a link out of a piece");
	fails(root, path_to(LINK_AT, "top/d"), O_PATH, RESOLVE_BENEATH, EXDEV, "an absolute link");
	check(content(root, path_to(LINK_AT, "in/d/../file"), 0) == 0, "what is not in the link's directory");
	OWNED_FD inside = deep_open(root, path_to(LINK_AT, "in/d"), O_PATH | O_DIRECTORY, 0);
	check(inside >= 0, "a link is followed where that is wanted");
}

static void what_is_not_there_is_told(int root)
{
	fails(root, path_to(LINK_AT, "file/d"), O_PATH, CONFINED, ENOTDIR, "a file on the way");
	fails(root, path_to(DEPTH, "d/d/d"), O_PATH, CONFINED, ENOENT, "nothing there");
	char name[5000];
	memset(name, 'n', sizeof name);
	name[sizeof name - 1] = '\0';
	fails(root, name, O_PATH, CONFINED, ENAMETOOLONG, "a name that is too long for any piece");
	fails(root, path_to(DEPTH, name), O_PATH, CONFINED, ENAMETOOLONG, "such a name far down");
}

int main(void)
{
	OWNED_FD top = place_make("deep_path_test") ? -1 : open(place, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (top < 0 || mkdirat(top, "root", 0700))
		return 2;
	OWNED_FD root = openat(top, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0 || make(root))
		return 2;
	a_usual_path_begins_at_the_root(root);
	a_path_of_any_length_is_opened(root);
	links_lead_nowhere_else(root);
	what_is_not_there_is_told(root);
	struct tree_failure failure;
	check(!tree_delete(place, &failure), "all of it goes");
	return check_end("deep_path_test");
}
