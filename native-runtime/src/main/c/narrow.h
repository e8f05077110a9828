// What a process takes away from itself before it looks at what others wrote. `who` is what failures call it.
#ifndef DARSENA_NARROW_H
#define DARSENA_NARROW_H

#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include "error.h"

// Keeps of the capabilities that it has only those in the mask, for good.
int narrow_capabilities(uint64_t needed, const char *who, struct failure *why);

// Sets both limits of a resource; a lower hard limit stays.
int narrow_limit(int resource, rlim_t most, const char *who, struct failure *why);

enum { MOST_ALLOWED_CALLS = 128 };

// Lets only these system calls pass, and no memory become executable: anything else ends the process.
int narrow_calls(const unsigned short *allowed, size_t count, const char *who, struct failure *why);

#endif
