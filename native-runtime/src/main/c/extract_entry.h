// What the layer writer's parts share: extract_layer.c finds the place of an entry, extract_entry.c writes it there.
#ifndef DARSENA_EXTRACT_ENTRY_H
#define DARSENA_EXTRACT_ENTRY_H

#include <sys/stat.h>

#include "extract_layer.h"

// All of these write into the open directory `layer->parent` under the name `leaf`, in the place of what is there.
int entry_write_file(struct layer *layer, const char *leaf, struct tar_reader *tar, const struct tar_entry *entry,
		     struct failure *why);
int entry_write_hard_link(struct layer *layer, const char *leaf, const struct tar_entry *entry, struct failure *why);
int entry_write_symlink(struct layer *layer, const char *leaf, const struct tar_entry *entry, struct failure *why);
int entry_write_node(struct layer *layer, const char *leaf, const struct tar_entry *entry, struct failure *why);

// Removes what is there.
int entry_replace(struct layer *layer, const char *leaf, struct failure *why);

bool entry_is_whiteout(const struct stat *status);

// A refusal of the present entry. -1.
int entry_refuse(struct layer *layer, struct failure *why, const char *reason);

#endif
