// What went wrong, in the protocol's words: operation, object, errno, hint, and the stage of a start.
#ifndef DARSENA_ERROR_H
#define DARSENA_ERROR_H

#include "frame.h"

enum stage {
	STAGE_NONE,
	STAGE_MONITOR,
	STAGE_NAMESPACES,
	STAGE_OVERLAY,
	STAGE_FILESYSTEMS,
	STAGE_CONFINEMENT,
	STAGE_COMMAND,
};

// Holds no pointer: it lives in memory shared with the process that reports it.
struct failure {
	enum stage stage;
	int number;
	char operation[64];
	char object[512];
	char reason[160];
	char hint[240];
};

const char *stage_name(enum stage stage);

// Fills `why` from errno and returns -1. The stage stays as it was set.
__attribute__((format(printf, 3, 4)))
int fail(struct failure *why, const char *operation, const char *object, ...);

// The same with a given errno and a hint (may be null); `reason` is strerror's.
__attribute__((format(printf, 5, 6)))
int fail_with(struct failure *why, int number, const char *hint, const char *operation, const char *object, ...);

// A refusal that no system call gave: `reason` is our own sentence.
__attribute__((format(printf, 5, 6)))
int refuse(struct failure *why, int number, const char *reason, const char *operation, const char *object, ...);

// Adds operation, object, errno, reason, hint and stage to a message being written.
void failure_write(struct frame_writer *message, const struct failure *why);

#endif
