// Paths that are longer than the kernel takes at once (PATH_MAX): gone in pieces, from one held directory to the next.
#ifndef DARSENA_DEEP_PATH_H
#define DARSENA_DEEP_PATH_H

// Where the last piece of a path begins: the directory `root` itself for a path that the kernel takes at once, which is
// nearly every one, or else one that is held in `*held` (-1 before), the caller's to close. Moves `*path` on to that piece.
// The path has neither `..` nor a slash at its begin. What `resolve` (openat2(2)) refuses ends the way in whichever piece
// it lies; with 0 links are followed as the kernel follows them, to be called only where the process's root confines them.
// -1 with errno.
int deep_reach(int root, const char **path, unsigned resolve, int *held);

// Opens what lies at a path of any length below `root`; "" is the root itself. -1 with errno.
int deep_open(int root, const char *path, int flags, unsigned resolve);

#endif
