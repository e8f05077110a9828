// Writes a layer's entries below its root. To be called where the root is all there is: what follows a link is resolved
// by the kernel, which is confined to it.
#ifndef DARSENA_EXTRACT_LAYER_H
#define DARSENA_EXTRACT_LAYER_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "extract_path.h"
#include "index.h"
#include "tar.h"

struct layer {
	int root;
	bool rootless;
	struct index_file *index;
	struct frame_writer *answer; // collects `skipped`
	uint64_t entries, bytes;
	uint64_t room;    // what the disk had to give when it began
	uint64_t written; // files' data, those replaced since included
	uint64_t unseen;  // bytes written since the disk was last looked at
	uint64_t notes;   // told in `answer`
	uint64_t unowned; // entries whose owner this user may not give away
	bool inherits;    // some directory has a default ACL: modes given at creation are not what comes out
	int parent;       // an open directory, or -1
	bool parent_setgid;
	char parent_path[LONGEST_PATH];
	char path[LONGEST_PATH]; // of the present entry
};

void layer_begin(struct layer *layer, int root, bool rootless, struct index_file *index, struct frame_writer *answer);

// Writes all entries of the archive, and the directories' times. 0 or -1.
int layer_write(struct layer *layer, struct tar_reader *tar, struct failure *why);
void layer_end(struct layer *layer);

// Bytes that the disk has to give: what is free beyond the reserve, which the database and containers' logs live on.
// UINT64_MAX where it does not tell.
uint64_t layer_room(const struct layer *layer);

// Tells that something was left out: `kind:what`. There is room for some; `notes` counts all.
__attribute__((format(printf, 3, 4)))
void layer_note(struct layer *layer, const char *kind, const char *what, ...);

#endif
