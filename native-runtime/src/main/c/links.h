// Files with several names, and the name that each was met under first.
#ifndef DARSENA_LINKS_H
#define DARSENA_LINKS_H

#include <sys/stat.h>

struct links;

struct links *links_new(void);
void links_free(struct links *links);

static inline void links_owned(struct links **links)
{
	links_free(*links);
}

// The name that the file was met under before, valid until the next call; null when it is new.
const char *links_find(struct links *links, const struct stat *status);

// Keeps the name of a new one until its other links have been found. One with a single link is none of ours. 0, or -1 with
// errno.
int links_add(struct links *links, const struct stat *status, const char *name);

#endif
