// What the container's process must not have is taken away.
#ifndef DARSENA_CONFINE_H
#define DARSENA_CONFINE_H

#include "identity.h"
#include "sandbox.h"

struct sock_filter;

struct filter {
	struct sock_filter *instructions;
	unsigned short count;
};

// Reads a compiled filter; none when the path is null. To be released.
int filter_read(const char *path, struct filter *filter, struct failure *why);
void filter_release(struct filter *filter);

// Limits, keyring, user, capabilities, filter. After it nothing comes but execve.
int confine(struct sandbox *sandbox, const struct identity *identity, const struct filter *filter);

#endif
