// darsena-runtime archiver: makes a tar of what a plan names in the directories of layers and containers.
#ifndef DARSENA_ARCHIVE_H
#define DARSENA_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

enum archive_form {
	ARCHIVE_PLAIN, // what a container would see of the directory: no whiteouts
	ARCHIVE_LAYER, // a layer, with whiteouts as the OCI image specification has them (layer.md)
};

enum { ARCHIVE_MOST_ROOTS = 512 };

struct archive_spec {
	int listener;       // bound and listening at `socket`; taken over
	const char *socket; // unlinked once the one client has connected
	const char *roots[ARCHIVE_MOST_ROOTS];
	size_t root_count;
	enum archive_form form;
	bool rootless; // inside the engine's user namespace: overlay's marks are `user.overlay.`
};

// To be called in a freshly forked child that holds no other descriptor it needs (0 to 2 and `listener` stay, the rest is
// closed here). Confines itself, serves the one client and ends the process.
_Noreturn void archive_serve(const struct archive_spec *spec);

#endif
