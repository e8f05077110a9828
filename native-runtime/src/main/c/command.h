// Finds and executes the container's command.
#ifndef DARSENA_COMMAND_H
#define DARSENA_COMMAND_H

#include "error.h"
#include "request.h"

// The request's environment with HOME added when it lacks one. Null when memory is out; never freed: execve follows.
char **command_environment(const struct start_request *request, const char *home);

// Returns only when nothing could be executed: -1 with `why`.
int command_execute(const struct strings *arguments, char **environment, struct failure *why);

#endif
