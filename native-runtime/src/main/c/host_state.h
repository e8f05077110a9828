// What the host's files share.
#ifndef DARSENA_HOST_STATE_H
#define DARSENA_HOST_STATE_H

#include "error.h"
#include "frame.h"
#include "parked.h"
#include "userns.h"

enum { MOST_JOBS = 64 };

struct job {
	int fd;
	bool asked_here; // by the connection that is open now
	char seq[32];
	struct frame_reader reader;
};

struct host {
	bool rootless;
	bool in_user_namespace; // of whatever making
	struct userns userns;
	char overlay_reason[320]; // why overlay cannot be mounted; empty when it can
	int listener, connection, children;
	struct frame_reader reader;
	struct parked_list parked;
	bool starts; // an engine has said hello: containers may be started
	size_t job_count;
	struct job jobs[MOST_JOBS];
};

// host_facts.c: what this machine allows
void host_examine(struct host *host, const char *run_dir);
void host_hello(struct host *host, const char *seq);

// host_requests.c
void host_request(struct host *host, const struct frame *frame);

// host.c
bool host_wants_spare(const struct host *host);
void host_add_spare(struct host *host);
void host_send(struct host *host, const char *bytes, size_t length);
void host_answer_error(struct host *host, const char *seq, const struct failure *why);

#endif
