// The process beside a container: parent of its first process, writer of its log, keeper of its end.
#ifndef DARSENA_MONITOR_H
#define DARSENA_MONITOR_H

#include <poll.h>
#include <stdint.h>
#include <sys/types.h>

#include "log.h"
#include "outbox.h"
#include "request.h"
#include "sandbox.h"

struct starter;

struct monitor_order {
	const struct start_request *request;
	int listener;  // bound in the run directory
	int state_dir; // locked: no other run of this container is
	uint64_t begun_ns;
	bool in_user_namespace;
	struct starter *parked; // may be null; is used up
};

// Makes the caller, freshly forked by the host, a process of its own: session, name, signals; nothing but `kept` and an
// empty standard input, output and error stay open.
int monitor_detach(const char *name, const int *kept, size_t count, struct failure *why);

// To be called in a detached process, which it ends.
_Noreturn void monitor_run(const struct monitor_order *order);

enum monitor_state { MONITOR_STARTING, MONITOR_RUNNING, MONITOR_FAILED, MONITOR_EXITED };

enum { MOST_CLIENTS = 64 };

struct client {
	int fd;
	struct frame_reader reader;
	int streams; // attached to: bit 0 output, bit 1 errors; 0: it gets frames
	uint64_t patience_ns;
	struct outbox outbox;
};

struct monitor {
	char id[65];
	long long run;
	enum monitor_state state;
	int run_dir, state_dir, listener;
	pid_t pid;
	int pidfd;
	int starting; // read end of the pipe that exec closes; -1 once that is known
	int outputs[2];
	struct log_stream streams[2];
	struct log log;
	struct progress *progress;
	uint64_t begun_ns, born_ns, executed_ns, started_ns, exited_ns, patience_ends_ns;
	unsigned long long start_ticks;
	unsigned long namespaces;
	int code, signal;
	bool ended; // the first process has been reaped
	bool met_client;
	long long awaited; // clients that are to be attached before the first byte is read
	size_t client_count;
	struct client clients[MOST_CLIENTS];
};

// clients.c
void clients_accept(struct monitor *monitor);
void client_serve(struct monitor *monitor, size_t index);
void clients_tell(struct monitor *monitor);
void clients_drop_closed(struct monitor *monitor);
void client_drop(struct client *client);

// attached.c
int attached_add(struct monitor *monitor, struct client *client, const struct frame *frame, struct failure *why);
void attached_feed(struct monitor *monitor, int output, const char *bytes, size_t length);
void attached_send(struct client *client);
// Whether the container's output is not to be read now.
bool attached_hold(const struct monitor *monitor);
// When attached_lose_patience is to be called, or holding ends; 0: never.
uint64_t attached_deadline_ns(const struct monitor *monitor);
void attached_lose_patience(struct monitor *monitor);
void attached_drain(struct monitor *monitor);

// record.c: what stays on disk
enum { STEP_TEXT = 256 };

// One step of the start as NAME:NANOSECONDS:WORDS; false when there are no more.
bool monitor_step(const struct monitor *monitor, size_t index, char text[static STEP_TEXT]);

int record_monitor(const struct monitor *monitor, struct failure *why);
int record_end(const struct monitor *monitor);
void record_remove_names(const struct monitor *monitor);

#endif
