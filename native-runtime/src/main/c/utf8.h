// Which bytes are UTF-8.
#ifndef DARSENA_UTF8_H
#define DARSENA_UTF8_H

#include <stdbool.h>
#include <stddef.h>

// How many bytes the sequence at `text` (which ends in NUL) has, or 0 when it is none (RFC 3629).
size_t utf8_length(const unsigned char *text);

bool utf8_is_whole(const char *text);

#endif
