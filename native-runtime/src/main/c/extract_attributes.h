// Owner, mode, extended attributes and times of what the extractor wrote.
#ifndef DARSENA_EXTRACT_ATTRIBUTES_H
#define DARSENA_EXTRACT_ATTRIBUTES_H

#include "extract_layer.h"

// Whether a layer may set the extended attribute.
bool attribute_may_be_set(const char *name);

// All of them, on an open file. `created_mode`: what it was created with. 0 or -1.
int attributes_of_file(struct layer *layer, int fd, const struct tar_entry *entry, unsigned created_mode, struct failure *why);

// All but the times, which are set when nothing more is written into the directory.
int attributes_of_directory(struct layer *layer, int fd, const struct tar_entry *entry, struct failure *why);

// Of a link, a device or a fifo: these take no extended attributes of users.
int attributes_of_node(struct layer *layer, const char *leaf, const struct tar_entry *entry, struct failure *why);

// Marks a directory as hiding what the layers below have in it.
int attributes_opaque(struct layer *layer, int fd, struct failure *why);

#endif
