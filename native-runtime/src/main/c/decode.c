#include "decode.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#define MAGIC_SIZE 6

enum {
	INPUT_SIZE = 128 << 10,
	OUTPUT_SIZE = 256 << 10,
	GZIP_WINDOW = 15 + 16, // zlib: the largest window, gzip framing
	MOST_TRAILING = 1 << 30,
	ZSTD_WINDOW_LOG = 27,  // 128 MiB: the most that zstd(1) takes without being asked; reserved only when a frame wants it
};

struct decoder {
	int fd;
	enum decode_format format;
	bool known;         // the format has been found
	bool input_ended;
	bool ended;         // nothing more will be produced
	bool inside_stream; // of a gzip member or a zstd frame
	uint64_t consumed;
	uint64_t produced;
	size_t input_start, input_end;
	size_t output_start, output_end;
	z_stream gzip;
	bool gzip_ready;
	ZSTD_DStream *zstd;
	struct sha256_ctx hash;
	unsigned char input[INPUT_SIZE];
	unsigned char output[OUTPUT_SIZE];
};

static const struct {
	unsigned char bytes[MAGIC_SIZE];
	size_t size;
	const char *name;
} refused_formats[] = {
	{ { 0x42, 0x5a, 0x68 }, 3, "it is compressed with bzip2; gzip, zstd and plain layers are taken" },
	{ { 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00 }, 6, "it is compressed with xz; gzip, zstd and plain layers are taken" },
};

static int refuse_stream(struct failure *why, const char *reason)
{
	return refuse(why, 0, reason, "decode", "the layer");
}

struct decoder *decoder_new(int fd, enum decode_format format)
{
	struct decoder *decoder = calloc(1, sizeof *decoder);
	if (!decoder)
		return NULL;
	decoder->fd = fd;
	decoder->format = format;
	sha256_init(&decoder->hash);
	return decoder;
}

void decoder_free(struct decoder *decoder)
{
	if (!decoder)
		return;
	if (decoder->gzip_ready)
		inflateEnd(&decoder->gzip);
	ZSTD_freeDStream(decoder->zstd);
	free(decoder);
}

static ssize_t read_some(struct decoder *decoder, unsigned char *into, size_t size, struct failure *why)
{
	ssize_t count;
	do
		count = read(decoder->fd, into, size);
	while (count < 0 && errno == EINTR);
	if (count < 0)
		return fail(why, "read", "the layer's bytes");
	if (count == 0)
		decoder->input_ended = true;
	decoder->consumed += (uint64_t)count;
	return count;
}

// Makes at least `wanted` bytes of input lie together unless it ends before.
static int need_input(struct decoder *decoder, size_t wanted, struct failure *why)
{
	while (!decoder->input_ended && decoder->input_end - decoder->input_start < wanted) {
		if (decoder->input_start > 0) {
			size_t left = decoder->input_end - decoder->input_start;
			memmove(decoder->input, decoder->input + decoder->input_start, left);
			decoder->input_start = 0;
			decoder->input_end = left;
		}
		ssize_t count = read_some(decoder, decoder->input + decoder->input_end,
					  INPUT_SIZE - decoder->input_end, why);
		if (count < 0)
			return -1;
		decoder->input_end += (size_t)count;
	}
	return 0;
}

static size_t input_left(const struct decoder *decoder)
{
	return decoder->input_end - decoder->input_start;
}

static bool starts_with(const struct decoder *decoder, const unsigned char *magic, size_t size)
{
	return input_left(decoder) >= size && !memcmp(decoder->input + decoder->input_start, magic, size);
}

static bool looks_like_gzip(const struct decoder *decoder)
{
	return starts_with(decoder, (const unsigned char[]){ 0x1f, 0x8b }, 2);
}

static bool looks_like_zstd(const struct decoder *decoder)
{
	if (starts_with(decoder, (const unsigned char[]){ 0x28, 0xb5, 0x2f, 0xfd }, 4))
		return true;
	// RFC 8878, 3.1.2: a skippable frame may come first.
	const unsigned char *bytes = decoder->input + decoder->input_start;
	return input_left(decoder) >= 4 && (bytes[0] & 0xf0) == 0x50 && !memcmp(bytes + 1, "\x2a\x4d\x18", 3);
}

static int find_format(struct decoder *decoder, struct failure *why)
{
	if (need_input(decoder, MAGIC_SIZE, why))
		return -1;
	enum decode_format seen = looks_like_gzip(decoder) ? DECODE_GZIP
		: looks_like_zstd(decoder)		   ? DECODE_ZSTD
							   : DECODE_NONE;
	if (decoder->format == DECODE_AUTO)
		decoder->format = seen;
	if (decoder->format != seen && decoder->format != DECODE_NONE)
		return refuse_stream(why, "it is not compressed as it was said to be");
	for (size_t i = 0; decoder->format == DECODE_NONE && i < sizeof refused_formats / sizeof *refused_formats; i++)
		if (starts_with(decoder, refused_formats[i].bytes, refused_formats[i].size))
			return refuse_stream(why, refused_formats[i].name);
	if (decoder->format == DECODE_GZIP) {
		if (inflateInit2(&decoder->gzip, GZIP_WINDOW) != Z_OK)
			return fail_with(why, ENOMEM, NULL, "decode", "the layer");
		decoder->gzip_ready = true;
		decoder->inside_stream = true;
	}
	if (decoder->format == DECODE_ZSTD) {
		decoder->zstd = ZSTD_createDStream();
		if (!decoder->zstd)
			return fail_with(why, ENOMEM, NULL, "decode", "the layer");
		ZSTD_DCtx_setParameter(decoder->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
	}
	decoder->known = true;
	return 0;
}

// Plain bytes: what was read to find the format first, then straight from the socket.
static ssize_t produce_plain(struct decoder *decoder, unsigned char *into, size_t room, struct failure *why)
{
	size_t left = input_left(decoder);
	if (left > 0) {
		size_t count = left < room ? left : room;
		memcpy(into, decoder->input + decoder->input_start, count);
		decoder->input_start += count;
		return (ssize_t)count;
	}
	ssize_t count = decoder->input_ended ? 0 : read_some(decoder, into, room, why);
	if (count == 0)
		decoder->ended = true;
	return count;
}

// Between two members: another one, zero padding (as tape tools leave it), or the end.
static int next_gzip_member(struct decoder *decoder, struct failure *why)
{
	if (need_input(decoder, 2, why))
		return -1;
	if (looks_like_gzip(decoder)) {
		if (inflateReset(&decoder->gzip) != Z_OK)
			return refuse_stream(why, "its gzip members do not fit together");
		decoder->inside_stream = true;
		return 0;
	}
	while (input_left(decoder) > 0) {
		for (; decoder->input_start < decoder->input_end; decoder->input_start++)
			if (decoder->input[decoder->input_start])
				return refuse_stream(why, "something that is not gzip follows its gzip stream");
		if (need_input(decoder, 1, why))
			return -1;
	}
	decoder->ended = true;
	return 0;
}

static ssize_t produce_gzip(struct decoder *decoder, unsigned char *into, size_t room, struct failure *why)
{
	if (!decoder->inside_stream)
		return next_gzip_member(decoder, why);
	if (need_input(decoder, 1, why))
		return -1;
	decoder->gzip.next_in = decoder->input + decoder->input_start;
	decoder->gzip.avail_in = (uInt)input_left(decoder);
	decoder->gzip.next_out = into;
	decoder->gzip.avail_out = (uInt)room;
	int state = inflate(&decoder->gzip, Z_NO_FLUSH);
	size_t used = input_left(decoder) - decoder->gzip.avail_in;
	size_t made = room - decoder->gzip.avail_out;
	decoder->input_start += used;
	if (state == Z_STREAM_END)
		decoder->inside_stream = false;
	else if (state == Z_MEM_ERROR)
		return fail_with(why, ENOMEM, NULL, "decode", "the layer");
	else if (state != Z_OK && state != Z_BUF_ERROR)
		return refuse_stream(why, "its gzip stream is damaged");
	else if (used == 0 && made == 0 && decoder->input_ended)
		return refuse_stream(why, "its gzip stream ends too early");
	return (ssize_t)made;
}

static const char *zstd_reason(size_t state)
{
	if (ZSTD_getErrorCode(state) == ZSTD_error_frameParameter_windowTooLarge)
		return "its zstd stream needs a window of more than 128 MiB; compress it without --long";
	return "its zstd stream is damaged";
}

static ssize_t produce_zstd(struct decoder *decoder, unsigned char *into, size_t room, struct failure *why)
{
	if (need_input(decoder, 1, why))
		return -1;
	if (!decoder->inside_stream && input_left(decoder) == 0) {
		decoder->ended = true;
		return 0;
	}
	ZSTD_inBuffer in = { decoder->input + decoder->input_start, input_left(decoder), 0 };
	ZSTD_outBuffer out = { into, room, 0 };
	size_t state = ZSTD_decompressStream(decoder->zstd, &out, &in);
	if (ZSTD_isError(state)) {
		if (ZSTD_getErrorCode(state) == ZSTD_error_memory_allocation)
			return fail_with(why, ENOMEM, NULL, "decode", "the layer");
		return refuse_stream(why, zstd_reason(state));
	}
	decoder->input_start += in.pos;
	decoder->inside_stream = state != 0;
	if (in.pos == 0 && out.pos == 0 && decoder->input_ended)
		return refuse_stream(why, "its zstd stream ends too early");
	return (ssize_t)out.pos;
}

// Decodes once into what room there is.
static int produce(struct decoder *decoder, struct failure *why)
{
	if (!decoder->known && find_format(decoder, why))
		return -1;
	unsigned char *into = decoder->output + decoder->output_end;
	size_t room = OUTPUT_SIZE - decoder->output_end;
	ssize_t made = decoder->format == DECODE_GZIP ? produce_gzip(decoder, into, room, why)
		: decoder->format == DECODE_ZSTD      ? produce_zstd(decoder, into, room, why)
						      : produce_plain(decoder, into, room, why);
	if (made < 0)
		return -1;
	sha256_update(&decoder->hash, (size_t)made, into);
	decoder->output_end += (size_t)made;
	decoder->produced += (uint64_t)made;
	return 0;
}

ssize_t decoder_fill(struct decoder *decoder, size_t wanted, struct failure *why)
{
	size_t there = decoder->output_end - decoder->output_start;
	if (there < wanted && decoder->output_start > 0) {
		memmove(decoder->output, decoder->output + decoder->output_start, there);
		decoder->output_start = 0;
		decoder->output_end = there;
	}
	while (decoder->output_end - decoder->output_start < wanted && !decoder->ended)
		if (produce(decoder, why))
			return -1;
	return (ssize_t)(decoder->output_end - decoder->output_start);
}

const unsigned char *decoder_bytes(const struct decoder *decoder)
{
	return decoder->output + decoder->output_start;
}

void decoder_take(struct decoder *decoder, size_t count)
{
	decoder->output_start += count;
}

int decoder_drain(struct decoder *decoder, struct failure *why)
{
	uint64_t begun = decoder->produced;
	while (!decoder->ended) {
		if (decoder->produced - begun > MOST_TRAILING)
			return refuse_stream(why, "more than 1 GiB follows the end of its tar");
		decoder->output_start = decoder->output_end = 0;
		if (produce(decoder, why))
			return -1;
	}
	decoder->output_start = decoder->output_end;
	return 0;
}

enum decode_format decoder_format(const struct decoder *decoder)
{
	return decoder->format;
}

uint64_t decoder_consumed(const struct decoder *decoder)
{
	return decoder->consumed;
}

uint64_t decoder_produced(const struct decoder *decoder)
{
	return decoder->produced;
}

void decoder_digest(struct decoder *decoder, unsigned char digest[DECODE_DIGEST_SIZE])
{
	sha256_digest(&decoder->hash, DECODE_DIGEST_SIZE, digest);
}
