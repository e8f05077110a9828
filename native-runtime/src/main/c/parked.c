#define _GNU_SOURCE
#include "parked.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "birth.h"
#include "monitor.h"
#include "owned.h"

// The start's frame travels in memory of its own, so that handing it over never blocks.
struct handover {
	uint64_t begun_ns;
	size_t length;
};

// What travels with it: the listener, the locked state directory, the frame.
enum { LISTENER, STATE_DIR, FRAME, HANDED_OVER };

union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(HANDED_OVER * sizeof(int))];
};

static struct msghdr message_of(struct iovec *part, union control *control)
{
	return (struct msghdr){ .msg_iov = part, .msg_iovlen = 1, .msg_control = control->bytes, .msg_controllen = sizeof control->bytes };
}

static int send_start(int channel, const struct handover *handover, const int *descriptors)
{
	struct iovec part = { (void *)handover, sizeof *handover };
	union control control = { 0 };
	struct msghdr message = message_of(&part, &control);
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(HANDED_OVER * sizeof(int));
	memcpy(CMSG_DATA(header), descriptors, HANDED_OVER * sizeof(int));
	return sendmsg(channel, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof *handover ? 0 : -1;
}

static int receive_start(int channel, struct handover *handover, int *descriptors)
{
	struct iovec part = { handover, sizeof *handover };
	union control control = { 0 };
	struct msghdr message = message_of(&part, &control);
	if (recvmsg(channel, &message, MSG_CMSG_CLOEXEC) != sizeof *handover)
		return -1;
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	if (!header || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(HANDED_OVER * sizeof(int)))
		return -1;
	memcpy(descriptors, CMSG_DATA(header), HANDED_OVER * sizeof(int));
	return 0;
}

// A starter that could not be parked is done without: the start itself tells what is wrong.
_Noreturn static void wait_parked(int channel, const struct start_request *request, bool in_user_namespace)
{
	struct failure why = { .number = 0 };
	struct handover handover;
	int descriptors[HANDED_OVER];
	if (monitor_detach("darsena-parked", &channel, 1, &why))
		_exit(1);
	struct starter *starter = starter_park(&request->cgroups, request->namespaces, &why);
	if (receive_start(channel, &handover, descriptors)) {
		starter_release(starter);
		_exit(0);
	}
	close(channel);
	const char *fields = mmap(NULL, handover.length, PROT_READ, MAP_PRIVATE, descriptors[FRAME], 0);
	struct frame frame = { fields, handover.length };
	struct start_request start;
	close(descriptors[FRAME]);
	if (fields == MAP_FAILED || start_request_read(&frame, &start, &why)) // the host has read it once already
		_exit(1);
	const struct monitor_order order = { &start,		 descriptors[LISTENER], descriptors[STATE_DIR], handover.begun_ns,
					     in_user_namespace, starter };
	monitor_run(&order);
}

static void drop(struct parked_list *list, size_t index)
{
	close(list->items[index].channel);
	list->count--;
	memmove(&list->items[index], &list->items[index + 1], (list->count - index) * sizeof *list->items);
}

static struct parked *find(struct parked_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i].name, name))
			return &list->items[i];
	return NULL;
}

void parked_remove(struct parked_list *list, const char *name)
{
	struct parked *parked = find(list, name);
	if (!parked)
		return;
	pid_t pid = parked->pid;
	drop(list, (size_t)(parked - list->items));
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

int parked_add(struct parked_list *list, const char *name, const struct start_request *request, bool in_user_namespace,
	       struct failure *why)
{
	int ends[2];
	parked_remove(list, name);
	if (list->count == MOST_PARKED)
		parked_remove(list, list->items[0].name);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return fail(why, "make socket pair", "for a parked monitor");
	OWNED_FD ours = ends[0], theirs = ends[1];
	pid_t pid = fork();
	if (pid < 0)
		return fail(why, "fork", "parked monitor");
	if (pid == 0)
		wait_parked(theirs, request, in_user_namespace);
	struct parked *parked = &list->items[list->count++];
	*parked = (struct parked){ .pid = pid, .channel = disown_fd(&ours) };
	snprintf(parked->name, sizeof parked->name, "%s", name);
	return 0;
}

static const char spare[] = "";

bool parked_wants_spare(const struct parked_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i].name, spare))
			return false;
	return list->count < MOST_PARKED;
}

int parked_add_spare(struct parked_list *list, bool in_user_namespace, struct failure *why)
{
	const char *nothing[] = { NULL };
	const struct start_request request = {
		.namespaces = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP,
		.cgroups = { nothing, 0 },
	};
	return parked_add(list, spare, &request, in_user_namespace, why);
}

static int frame_descriptor(const struct frame *frame)
{
	OWNED_FD fd = memfd_create("start", MFD_CLOEXEC);
	if (fd < 0 || write(fd, frame->fields, frame->length) != (ssize_t)frame->length)
		return -1;
	return disown_fd(&fd);
}

pid_t parked_start(struct parked_list *list, const char *name, const struct frame *frame, int listener, int state_dir,
		   uint64_t begun_ns)
{
	struct parked *parked = find(list, name);
	if (!parked)
		parked = find(list, spare);
	if (!parked)
		return 0;
	const struct handover handover = { begun_ns, frame->length };
	OWNED_FD text = frame_descriptor(frame);
	const int descriptors[HANDED_OVER] = { [LISTENER] = listener, [STATE_DIR] = state_dir, [FRAME] = text };
	pid_t pid = text < 0 || send_start(parked->channel, &handover, descriptors) ? 0 : parked->pid;
	drop(list, (size_t)(parked - list->items));
	return pid;
}
