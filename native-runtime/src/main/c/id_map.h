// Which ids of the machine stand for the ids inside a user namespace.
#ifndef DARSENA_ID_MAP_H
#define DARSENA_ID_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "error.h"

// Maps 0 to our own id and 1… to all subordinate ids, by newuidmap and newgidmap. -1 with a sentence in `reason`.
int id_map_write_ranges(pid_t pid, char *reason, size_t reason_size);

// Whether the programs and the ranges for that are there; if not, a sentence in `reason`.
bool id_map_has_ranges(char *reason, size_t reason_size);

// Maps 0 to our own id and nothing else.
int id_map_write_single(pid_t pid, struct failure *why);

#endif
