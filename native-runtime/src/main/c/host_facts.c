#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files.h"
#include "host.h"
#include "host_state.h"
#include "owned.h"

// The map of the initial user namespace is the whole range onto itself.
static bool in_user_namespace(void)
{
	char text[256];
	unsigned inside, outside, count;
	if (file_read(AT_FDCWD, "/proc/self/uid_map", text, sizeof text) < 0)
		return false;
	return sscanf(text, "%u %u %u", &inside, &outside, &count) != 3 || inside || outside || count != 4294967295u;
}

// Tries an overlay of two directories of a tmpfs, over the run directory, in a mount namespace that is thrown away.
static int try_overlay(const char *run_dir)
{
	if (unshare(CLONE_NEWNS))
		return errno;
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) || mount("tmpfs", run_dir, "tmpfs", 0, "size=64k") || chdir(run_dir))
		return errno;
	if (mkdir("a", 0755) || mkdir("b", 0755))
		return errno;
	return mount("overlay", "b", "overlay", 0, "lowerdir=a:b,userxattr") ? errno : 0;
}

static void examine_overlay(struct host *host, const char *run_dir)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0)
		_exit(try_overlay(run_dir));
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return;
	int number = WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
	if (number)
		snprintf(host->overlay_reason, sizeof host->overlay_reason, "mount overlay in the user namespace: %s",
			 strerror(number));
}

void host_examine(struct host *host, const char *run_dir)
{
	host->in_user_namespace = in_user_namespace();
	if (host->in_user_namespace && (!host->rootless || host->userns.entered))
		examine_overlay(host, run_dir);
}

static void add_map(struct frame_writer *message, const char *key, const char *path)
{
	char text[4096], *rest = text;
	if (file_read(AT_FDCWD, path, text, sizeof text) < 0)
		return;
	for (char *line; (line = strsep(&rest, "\n"));) {
		unsigned inside, outside, count;
		if (sscanf(line, "%u %u %u", &inside, &outside, &count) == 3)
			frame_field(message, key, "%u %u %u", inside, outside, count);
	}
}

static void add_reduced(struct frame_writer *message, enum reduced what, const char *reason)
{
	frame_field(message, "reduced", "%s:%s", reduced_key(what), reason);
}

void host_hello(struct host *host, const char *seq)
{
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "ok");
	frame_field(&message, "seq", "%s", seq);
	frame_field(&message, "version", "1");
	frame_field(&message, "release", "%s", DARSENA_RELEASE);
	frame_field(&message, "pid", "%d", (int)getpid());
	frame_field(&message, "userns", "%d", host->in_user_namespace);
	if (host->userns.pin)
		frame_field(&message, "pin-pid", "%d", (int)host->userns.pin);
	add_map(&message, "uid-map", "/proc/self/uid_map");
	add_map(&message, "gid-map", "/proc/self/gid_map");
	if (host->userns.reduced)
		add_reduced(&message, host->userns.reduced, host->userns.reduction);
	if (host->overlay_reason[0])
		add_reduced(&message, REDUCED_NO_OVERLAY, host->overlay_reason);
	if (!frame_end(&message))
		host_send(host, message.bytes, message.used);
}
