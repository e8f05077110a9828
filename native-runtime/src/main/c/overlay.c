// Mounts the container's root inside its own mount namespace, on its run directory.
//
// Layers are given to overlay as numbers in /proc/self/fd, with that as working directory: so no path needs escaping, 127
// layers stay far below the one page of mount options that kernels before 6.5 allow, and the container sees no host path.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "kernel.h"
#include "owned.h"
#include "sandbox.h"

enum { OPTIONS_SIZE = 4096 };

struct options {
	char text[OPTIONS_SIZE];
	size_t used;
};

__attribute__((format(printf, 2, 3)))
static int append(struct options *options, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(options->text + options->used, OPTIONS_SIZE - options->used, format, arguments);
	va_end(arguments);
	if (length < 0 || (size_t)length >= OPTIONS_SIZE - options->used)
		return -1;
	options->used += (size_t)length;
	return 0;
}

static int open_directory(const char *path, struct failure *why)
{
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? fail(why, "open directory", "%s", path) : fd;
}

// A volatile overlay leaves a mark that refuses the next mount of the same upper directory.
static int remove_volatile_mark(int work, const char *path, struct failure *why)
{
	static const char *const mark[] = { "work/incompat/volatile/dirty", "work/incompat/volatile", "work/incompat" };
	for (size_t i = 0; i < sizeof mark / sizeof *mark; i++)
		if (unlinkat(work, mark[i], i == 0 ? 0 : AT_REMOVEDIR) && errno != ENOENT && errno != ENOTDIR)
			return fail(why, "remove", "%s/%s", path, mark[i]);
	return 0;
}

static int add_layers(struct options *options, const struct strings *lowers, struct failure *why)
{
	for (size_t i = 0; i < lowers->count; i++) {
		int fd = open_directory(lowers->items[i], why);
		if (fd < 0)
			return -1;
		if (append(options, i == 0 ? "lowerdir=%d" : ":%d", fd))
			return fail_with(why, E2BIG, "an image may have some hundred layers", "mount overlay", "%s (%zu layers)",
					 lowers->items[i], lowers->count);
	}
	return 0;
}

static int add_writable(struct options *options, const struct start_request *request, struct failure *why)
{
	int upper = open_directory(request->upper, why);
	int work = upper < 0 ? -1 : open_directory(request->work, why);
	if (work < 0)
		return -1;
	if (request->unsynced && remove_volatile_mark(work, request->work, why))
		return -1;
	if (append(options, ",upperdir=%d,workdir=%d%s", upper, work, request->unsynced ? ",volatile" : ""))
		return fail_with(why, E2BIG, NULL, "mount overlay", "%s", request->upper);
	return 0;
}

// One layer and nothing writable: overlay refuses that, a read-only bind mount is the same.
static int bind_single(const struct start_request *request, struct failure *why)
{
	if (mount(request->lowers.items[0], request->run_dir, NULL, MS_BIND, NULL))
		return fail(why, "bind mount", "%s on %s", request->lowers.items[0], request->run_dir);
	if (mount(NULL, request->run_dir, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL))
		return fail(why, "remount read-only", "%s", request->run_dir);
	return 0;
}

static int mount_options(struct sandbox *sandbox, const struct options *options)
{
	const struct start_request *request = sandbox->request;
	struct failure *why = &sandbox->progress->failure;
	char target[32];
	OWNED_FD run_dir = open_directory(request->run_dir, why);
	if (run_dir < 0)
		return -1;
	if (chdir("/proc/self/fd"))
		return fail(why, "change directory", "/proc/self/fd");
	snprintf(target, sizeof target, "%d", run_dir);
	if (mount("overlay", target, "overlay", 0, options->text)) {
		int number = errno;
		const char *hint = NULL;
		if (sandbox->in_user_namespace && (number == EPERM || number == EINVAL || number == ENODEV))
			hint = "unprivileged overlay needs kernel 5.11 or later";
		else if (number == ENODEV)
			hint = "load the kernel module overlay";
		else if (number == EINVAL)
			hint = "the file system of the data directory may not carry overlay, as overlay itself or NFS";
		return fail_with(why, number, hint, "mount overlay", "%s (%zu layers)",
				 request->upper ? request->upper : request->lowers.items[0], request->lowers.count);
	}
	return 0;
}

// Copied layers are shared by containers and committed as they lie: no redirects, no metadata-only copies.
static const char *features(bool in_user_namespace)
{
	return in_user_namespace ? ",userxattr,index=off" : ",index=off,metacopy=off,redirect_dir=off";
}

int overlay_mount(struct sandbox *sandbox)
{
	const struct start_request *request = sandbox->request;
	struct failure *why = &sandbox->progress->failure;
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return fail(why, "make mounts private", "/");
	if (!request->upper && request->lowers.count == 1) {
		if (bind_single(request, why))
			return -1;
	} else {
		struct options options = { .used = 0 };
		if (add_layers(&options, &request->lowers, why) || (request->upper && add_writable(&options, request, why)))
			return -1;
		if (append(&options, "%s", features(sandbox->in_user_namespace)))
			return fail_with(why, E2BIG, NULL, "mount overlay", "%s", request->lowers.items[0]);
		if (mount_options(sandbox, &options))
			return -1;
	}
	sandbox_note(sandbox, STAGE_OVERLAY, "layers=%zu writable=%d volatile=%d", request->lowers.count,
		     request->upper != NULL, request->unsynced);
	if (chdir(request->run_dir))
		return fail(why, "change directory", "%s", request->run_dir);
	return 0;
}

// What there is to see is held by the descriptor: nothing else knows of the mount.
static int mount_view(const struct strings *lowers, const struct options *options, struct failure *why)
{
	const char *target = lowers->items[0];
	if (mount("overlay", target, "overlay", 0, options->text))
		return fail(why, "mount overlay", "%s (%zu layers)", target, lowers->count);
	int root = open(target, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return fail(why, "open", "%s", target);
	umount2(target, MNT_DETACH);
	return root;
}

int overlay_view(const struct strings *lowers, bool in_user_namespace, struct failure *why)
{
	struct options options = { .used = 0 };
	if (lowers->count == 1)
		return open_directory(lowers->items[0], why);
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return fail(why, "make namespace", "of mounts");
	if (add_layers(&options, lowers, why))
		return -1;
	if (append(&options, "%s", features(in_user_namespace)))
		return fail_with(why, E2BIG, NULL, "mount overlay", "%s", lowers->items[0]);
	return chdir("/proc/self/fd") ? fail(why, "change directory", "/proc/self/fd") : mount_view(lowers, &options, why);
}
