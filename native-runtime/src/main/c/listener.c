#define _GNU_SOURCE
#include "listener.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "owned.h"

enum { BACKLOG = 16, CLIENT_WAIT_MS = 30000 };

int listener_open(const char *directory, const char *name, struct failure *why)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	OWNED_FD parent = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (parent < 0)
		return fail(why, "open directory", "%s", directory);
	// A path longer than the address takes is shortened through the descriptor.
	if (snprintf(address.sun_path, sizeof address.sun_path, "%s/%s", directory, name) >= (int)sizeof address.sun_path)
		snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", parent, name);
	if (unlinkat(parent, name, 0) && errno != ENOENT)
		return fail(why, "remove stale socket", "%s/%s", directory, name);
	OWNED_FD fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return fail(why, "open socket", "%s/%s", directory, name);
	mode_t before = umask(0177);
	int bound = bind(fd, (struct sockaddr *)&address, sizeof address);
	umask(before);
	if (bound || listen(fd, BACKLOG))
		return fail(why, "listen", "%s/%s", directory, name);
	return disown_fd(&fd);
}

int listener_accept(int listener)
{
	for (;;) {
		OWNED_FD fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
			continue;
		if (fd < 0)
			return -1;
		struct ucred peer;
		socklen_t size = sizeof peer;
		if (!getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) && peer.uid == geteuid())
			return disown_fd(&fd);
	}
}

int listener_take_one(int listener, const char *socket, struct failure *why)
{
	struct pollfd waiting = { .fd = listener, .events = POLLIN };
	int ready;
	do
		ready = poll(&waiting, 1, CLIENT_WAIT_MS);
	while (ready < 0 && errno == EINTR);
	if (ready == 0)
		errno = ETIMEDOUT;
	OWNED_FD client = ready > 0 ? accept4(listener, NULL, NULL, SOCK_CLOEXEC) : -1;
	unlink(socket);
	if (client < 0)
		return fail(why, "accept", "%s", socket);
	struct ucred peer;
	socklen_t size = sizeof peer;
	if (getsockopt(client, SOL_SOCKET, SO_PEERCRED, &peer, &size) || peer.uid != geteuid()) {
		errno = EACCES;
		return fail(why, "accept", "%s", socket);
	}
	return disown_fd(&client);
}
