// What the archiver takes away from itself before it looks at what a container wrote.
#ifndef DARSENA_ARCHIVE_CONFINE_H
#define DARSENA_ARCHIVE_CONFINE_H

#include <stdbool.h>

#include "error.h"

// Becomes a user who owns nothing and may read everything, with `root` (an open directory) as the root of paths, bounded
// memory, and only the system calls that reading trees takes. To be called after scan_prepare. 0 or -1.
int archive_confine(int root, bool rootless, struct failure *why);

#endif
