// What the extractor takes away from itself before it looks at the first byte of a layer.
#ifndef DARSENA_EXTRACT_CONFINE_H
#define DARSENA_EXTRACT_CONFINE_H

#include <stdbool.h>

#include "error.h"

// Makes `root` (a directory, stays open) all that can be reached, drops every capability but those that writing a layer
// needs, bounds memory, and allows only the system calls that reading a stream and writing files take. What is open stays
// open. 0 or -1.
int extract_confine(int root, bool rootless, struct failure *why);

#endif
