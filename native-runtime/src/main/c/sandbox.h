// The way of a container's first process from its birth to execve. All of it runs in that process.
#ifndef DARSENA_SANDBOX_H
#define DARSENA_SANDBOX_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "request.h"

// What the start is doing and how long each stage took: memory shared between the monitor and the first process.
struct progress {
	struct failure failure;
	_Atomic int failed;
	_Atomic int stage;
	uint64_t entered_ns[STAGE_COMMAND + 1]; // CLOCK_MONOTONIC, by stage
	char detail[STAGE_COMMAND + 1][192]; // words KEY=VALUE
};

// What the first process is handed.
struct sandbox {
	const struct start_request *request;
	struct progress *progress;
	int stdio[3];	// become descriptors 0, 1, 2
	int end_signal; // write end of the pipe whose closing tells the monitor of exec; close-on-exec
	int gate;	// a byte to wait for before anything is done; -1: none
	bool in_user_namespace;
	bool network_is_made; // by who made the namespace
};

// Enters a stage: stamps it and makes failures say its name.
void sandbox_stage(struct sandbox *sandbox, enum stage stage);

// Says what a stage has made, in words KEY=VALUE.
__attribute__((format(printf, 3, 4)))
void sandbox_note(struct sandbox *sandbox, enum stage stage, const char *format, ...);

// Ends in execve or, with progress->failure filled, in _exit.
_Noreturn void sandbox_enter(struct sandbox *sandbox);

// The parts, one file each. 0 or -1 with progress->failure.
int overlay_mount(struct sandbox *sandbox);    // leaves the working directory at the root that will be
int root_enter(struct sandbox *sandbox);       // leaves the host's root for good and mounts what is beneath
int root_seal(struct sandbox *sandbox);	       // masks, makes read-only
int network_prepare(const struct sandbox *sandbox);
// Readies the network namespace that the caller is in, a fresh one.
int network_make(struct failure *why);


// What layers (the topmost first) show, without anything written: a mere path (O_PATH) to its root. Enters a mount namespace of
// its own and changes the working directory, but for a single layer. -1 with `why`.
int overlay_view(const struct strings *lowers, bool in_user_namespace, struct failure *why);

#endif
