// What a fresh network namespace needs before any program runs in it, without netlink.
#define _GNU_SOURCE
#include <errno.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "files.h"
#include "kernel.h"
#include "owned.h"
#include "sandbox.h"

static int loopback_up(struct failure *why)
{
	OWNED_FD socket_fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (socket_fd < 0)
		return fail(why, "open socket", "for the loopback device");
	struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	return ioctl(socket_fd, SIOCSIFFLAGS, &request) ? fail(why, "set up device", "lo") : 0;
}

// As Docker: every user may bind low ports and ping. A kernel without the setting, or one that refuses it in a user
// namespace whose groups are few, runs the container all the same.
static void relax_settings(void)
{
	file_write(AT_FDCWD, "/proc/sys/net/ipv4/ip_unprivileged_port_start", "0", 1);
	file_write(AT_FDCWD, "/proc/sys/net/ipv4/ping_group_range", "0 2147483647", 12);
}

int network_make(struct failure *why)
{
	if (loopback_up(why))
		return -1;
	relax_settings();
	return 0;
}

int network_prepare(const struct sandbox *sandbox)
{
	struct failure *why = &sandbox->progress->failure;
	const struct start_request *request = sandbox->request;
	if ((request->namespaces & CLONE_NEWNET) && !sandbox->network_is_made && network_make(why))
		return -1;
	if (request->hostname && *request->hostname && (request->namespaces & CLONE_NEWUTS) &&
	    sethostname(request->hostname, strlen(request->hostname)))
		return fail(why, "set host name", "%s", request->hostname);
	return 0;
}
