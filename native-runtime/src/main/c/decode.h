// The uncompressed bytes of a layer, whatever it came as, and their digest.
#ifndef DARSENA_DECODE_H
#define DARSENA_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "error.h"

enum decode_format { DECODE_AUTO, DECODE_NONE, DECODE_GZIP, DECODE_ZSTD };

enum { DECODE_LARGEST_FILL = 64 << 10, DECODE_DIGEST_SIZE = 32 };

struct decoder;

// Reads from `fd`, which stays the caller's. Null with errno when memory is short.
struct decoder *decoder_new(int fd, enum decode_format format);
void decoder_free(struct decoder *decoder);

static inline void decoder_owned(struct decoder **decoder)
{
	decoder_free(*decoder);
}

// Makes `wanted` bytes (at most DECODE_LARGEST_FILL) lie together, fewer only at the end of the stream. Returns how many
// there are, or -1. They stay until the next call.
ssize_t decoder_fill(struct decoder *decoder, size_t wanted, struct failure *why);
const unsigned char *decoder_bytes(const struct decoder *decoder);
void decoder_take(struct decoder *decoder, size_t count);

// Decodes and hashes what is left; refuses what would take for ever. 0 or -1.
int decoder_drain(struct decoder *decoder, struct failure *why);

enum decode_format decoder_format(const struct decoder *decoder);
uint64_t decoder_consumed(const struct decoder *decoder);
uint64_t decoder_produced(const struct decoder *decoder);

// SHA-256 of all that was produced.
void decoder_digest(struct decoder *decoder, unsigned char digest[DECODE_DIGEST_SIZE]);

#endif
