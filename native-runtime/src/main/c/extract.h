// darsena-runtime extractor: takes one layer's bytes from a socket and writes its tree.
#ifndef DARSENA_EXTRACT_H
#define DARSENA_EXTRACT_H

#include <stdbool.h>

enum extract_compression { EXTRACT_AUTO, EXTRACT_NONE, EXTRACT_GZIP, EXTRACT_ZSTD };

struct extract_spec {
	int listener;       // bound and listening at `socket`; taken over
	const char *socket; // unlinked once the one client has connected
	const char *target; // existing empty directory, absolute
	const char *index;  // file to write, absolute
	enum extract_compression compression;
	bool rootless; // inside the engine's user namespace: no device nodes, `user.overlay.` instead of `trusted.overlay.`
};

// To be called in a freshly forked child that holds no other descriptor it needs (0 to 2 and `listener` stay, the rest is
// closed here). Confines itself, serves the one client, answers `extracted` or `error`, and ends the process.
_Noreturn void extract_serve(const struct extract_spec *spec);

#endif
