// One entry of an archive: archive.c finds it, archive_entry.c writes it.
#ifndef DARSENA_ARCHIVE_ENTRY_H
#define DARSENA_ARCHIVE_ENTRY_H

#include <stdint.h>
#include <sys/stat.h>

#include "archive.h"
#include "archive_output.h"
#include "extract_path.h"
#include "links.h"
#include "tar_write.h"
#include "tree_attributes.h"

// What is said of what layers below have in a directory.
enum marking {
	MARKED_AS_FOUND,
	MARKED_OPAQUE, // nothing of it is seen
	MARKED_NEVER,  // all of it is
};

struct archive {
	const struct archive_spec *spec;
	struct links *links;
	struct tree_attributes *attributes;
	struct archive_output *output;
	struct tar_bytes header;
	enum marking marking; // of the directory that is written next
	uint64_t entries, bytes, skipped;
	char link[LONGEST_LINK];
	char name[LONGEST_PATH + 16]; // of a mark
};

enum archived {
	ARCHIVED,
	ARCHIVED_NOTHING, // no tar has such a thing
	ARCHIVE_HIDDEN,   // it is a whiteout, and the form has none
	ARCHIVE_CLOSED,   // it may not be read: `why`
	ARCHIVE_FAILED,   // `why`
};

// Writes what is held as a mere path (see scan_prepare) under this name.
enum archived archive_entry(struct archive *archive, int held, const struct stat *status, const char *name, struct failure *why);

// Writes the mark that hides what layers below have under this name, whatever is there.
enum archived archive_whiteout(struct archive *archive, const char *name, struct failure *why);

#endif
