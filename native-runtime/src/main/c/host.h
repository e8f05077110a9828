// The one process an engine starts: forks monitors, extractors and jobs, and ends with its engine.
#ifndef DARSENA_HOST_H
#define DARSENA_HOST_H

#include <stdbool.h>

#define DARSENA_RELEASE "0.1.0"

struct strings;

// Moves into the cgroups and serves until standard input ends. The process's exit code.
int host_serve(const char *run_dir, bool rootless, const struct strings *cgroups);

#endif
