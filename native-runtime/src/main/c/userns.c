#define _GNU_SOURCE
#include "userns.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files.h"
#include "id_map.h"
#include "kernel.h"
#include "owned.h"
#include "pin.h"

static int open_namespace(pid_t pid, const char *name)
{
	char path[48];
	snprintf(path, sizeof path, "/proc/%d/ns/%s", (int)pid, name);
	return open(path, O_RDONLY | O_CLOEXEC);
}

// In the user namespace a process is told apart from the machine's root by its ids alone: become the namespace's root.
static int join(pid_t pin, struct failure *why)
{
	OWNED_FD user = open_namespace(pin, "user");
	OWNED_FD mounts = open_namespace(pin, "mnt");
	if (user < 0 || mounts < 0)
		return fail(why, "open namespaces", "of the pin process %d", (int)pin);
	if (setns(user, CLONE_NEWUSER))
		return fail(why, "join user namespace", "of the pin process %d", (int)pin);
	if (setns(mounts, CLONE_NEWNS))
		return fail(why, "join mount namespace", "of the pin process %d", (int)pin);
	if (setresgid(0, 0, 0) || setresuid(0, 0, 0))
		return fail(why, "become", "root of the user namespace");
	return prctl(PR_SET_DUMPABLE, 1) ? fail(why, "set", "dumpable") : 0;
}

// What the pin tells its maker once its user namespace stands: an errno, 0 for success.
static void tell(int channel, int number)
{
	if (write(channel, &number, sizeof number) < 0)
		_exit(1);
}

_Noreturn static void pin_main(int channel)
{
	int mapped = 0;
	pin_begin();
	if (unshare(CLONE_NEWUSER)) {
		tell(channel, errno);
		_exit(1);
	}
	tell(channel, 0);
	if (read(channel, &mapped, sizeof mapped) != sizeof mapped)
		_exit(1);
	int failed = setresgid(0, 0, 0) || setresuid(0, 0, 0) || unshare(CLONE_NEWNS) ||
		     mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) || chdir("/");
	tell(channel, failed ? errno : 0);
	if (failed)
		_exit(1);
	pin_stay();
}

static int hear(int channel, int *number)
{
	ssize_t count;
	do
		count = read(channel, number, sizeof *number);
	while (count < 0 && errno == EINTR);
	if (count == sizeof *number)
		return 0;
	errno = ECHILD;
	return -1;
}

static bool apparmor_forbids(void)
{
	char text[8];
	return file_read(AT_FDCWD, "/proc/sys/kernel/apparmor_restrict_unprivileged_userns", text, sizeof text) > 0 &&
	       text[0] == '1';
}

static void refuse_world(struct userns *userns, int number, const char *operation)
{
	bool apparmor = apparmor_forbids();
	const char *hint = apparmor ? "AppArmor forbids it to programs without a profile of their own: install Darsena's "
				      "package, or set kernel.apparmor_restrict_unprivileged_userns=0"
				    : "check user.max_user_namespaces and kernel.unprivileged_userns_clone, or run as root";
	fail_with(&userns->refusal, number, hint, operation, "user namespace");
	userns->reduced = apparmor ? REDUCED_APPARMOR_USERNS : REDUCED_NO_USERNS;
	snprintf(userns->reduction, sizeof userns->reduction, "%s user namespace: %s", operation, strerror(number));
}

static int map_ids(struct userns *userns, pid_t pin, struct failure *why)
{
	if (!id_map_write_ranges(pin, userns->reduction, sizeof userns->reduction))
		return 0;
	userns->single_uid = true;
	userns->reduced = REDUCED_SINGLE_UID;
	return id_map_write_single(pin, why);
}

static int raise_pin(struct userns *userns, int channel, pid_t pin)
{
	int number;
	if (hear(channel, &number))
		number = errno;
	if (number) {
		refuse_world(userns, number, "make");
		return -1;
	}
	struct failure why = { .number = 0 };
	if (map_ids(userns, pin, &why)) {
		refuse_world(userns, why.number, "map ids of");
		return -1;
	}
	tell(channel, 1);
	if (hear(channel, &number))
		number = errno;
	if (number) {
		refuse_world(userns, number, "mount in");
		return -1;
	}
	return 0;
}

static pid_t make_pin(struct userns *userns, struct failure *why)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return fail(why, "make socket pair", "for the pin process");
	OWNED_FD ours = ends[0], theirs = ends[1];
	pid_t pin = fork();
	if (pin < 0)
		return fail(why, "fork", "pin process");
	if (pin == 0) {
		close(ours);
		pin_main(theirs);
	}
	close(disown_fd(&theirs));
	if (!raise_pin(userns, ours, pin))
		return pin;
	kill(pin, SIGKILL);
	while (waitpid(pin, NULL, 0) < 0 && errno == EINTR)
		;
	return 0;
}

static void note_single(struct userns *userns, pid_t pin)
{
	if (!pin_maps_one_id(pin))
		return;
	userns->single_uid = true;
	userns->reduced = REDUCED_SINGLE_UID;
	if (id_map_has_ranges(userns->reduction, sizeof userns->reduction))
		snprintf(userns->reduction, sizeof userns->reduction,
			 "containers that run were started with one id; stop them and start Darsena again");
}

// With one id mapped because something lacked that is there now, and nothing living in it, a new world is better.
static bool outdated(pid_t pin)
{
	char reason[320];
	return pin_maps_one_id(pin) && id_map_has_ranges(reason, sizeof reason) && pin_is_idle(pin);
}

// An idle pin ends; one that did so while it was joined is replaced by a child of ours, which lives in the same place.
static int keep_pin(struct userns *userns, const char *run_dir, struct failure *why)
{
	if (pin_living(run_dir) == userns->pin)
		return 0;
	pid_t pin = fork();
	if (pin < 0)
		return fail(why, "fork", "pin process");
	if (pin == 0) {
		pin_begin();
		pin_stay();
	}
	userns->pin = pin;
	return pin_write(run_dir, pin, why);
}

int userns_enter(const char *run_dir, struct userns *userns, struct failure *why)
{
	pid_t pin = pin_living(run_dir);
	if (pin && outdated(pin)) {
		kill(pin, SIGKILL);
		pin = 0;
	}
	if (pin)
		note_single(userns, pin); // asked as the user that we still are
	if (pin && !join(pin, &userns->refusal)) {
		userns->entered = true;
		userns->pin = pin;
		return keep_pin(userns, run_dir, why);
	}
	*userns = (struct userns){ .pin = 0 };
	pin = make_pin(userns, why);
	if (pin < 0)
		return -1;
	if (pin == 0)
		return 0;
	if (pin_write(run_dir, pin, why)) {
		kill(pin, SIGKILL);
		return -1;
	}
	if (join(pin, &userns->refusal))
		return 0;
	userns->entered = true;
	userns->pin = pin;
	return 0;
}
