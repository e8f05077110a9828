// Paths inside the container's root, resolved after the root is entered: no link of an image leads anywhere else.
#ifndef DARSENA_PATHS_H
#define DARSENA_PATHS_H

#include <stdbool.h>
#include <sys/types.h>

#include "error.h"

// Opens (O_PATH) what a path names. -1 with errno.
int path_open(const char *path);

// Opens a file of the container for reading, if it is a regular one. -1 with errno.
int path_open_regular(const char *path);

// Opens (O_PATH) a path, making its missing directories, and its last part as a directory or an empty file. What is made
// belongs to `owner` and `group`.
int path_make(const char *path, bool directory, uid_t owner, gid_t group, struct failure *why);

#endif
