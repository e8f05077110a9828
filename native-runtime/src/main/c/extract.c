#define _GNU_SOURCE
#include "extract.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "decode.h"
#include "extract_confine.h"
#include "extract_layer.h"
#include "files.h"
#include "frame.h"
#include "listener.h"
#include "owned.h"

#define OWNED(type, release) __attribute__((cleanup(release))) struct type *

enum { FEED_SIZE = 128 << 10, FEED_PIPE = 1 << 20 };

// Two processes: a reader, confined, which alone understands the layer's bytes, and this one, which hashes them as they
// come and hands them on, and looks at none. It forwards what the reader answers, and gives the index its name when all
// went well.
struct extraction {
	const struct extract_spec *spec;
	int client;
	int input; // the reader's
	int root;
	int index;
	struct sha256_ctx hash; // of what the client has sent
	uint64_t received;
	bool whole; // nothing more comes
	char index_path[4096 + 32]; // while it is being written
};

// Errno 0 is our own word about the layer's bytes; anything else is this machine's.
static void write_error(struct frame_writer *answer, const struct failure *why)
{
	frame_begin(answer, "error");
	failure_write(answer, why);
	frame_field(answer, "stage", "%s", why->number ? "machine" : "layer");
	frame_end(answer);
}

static const char *format_name(enum decode_format format)
{
	return format == DECODE_GZIP ? "gzip" : format == DECODE_ZSTD ? "zstd" : "none";
}

static void hex(const unsigned char *digest, size_t size, char *text)
{
	for (size_t i = 0; i < size; i++)
		sprintf(text + 2 * i, "%02x", digest[i]);
}

static void write_result(struct frame_writer *answer, struct decoder *decoder, const struct layer *layer)
{
	unsigned char digest[DECODE_DIGEST_SIZE];
	char text[2 * DECODE_DIGEST_SIZE + 1];
	decoder_digest(decoder, digest);
	hex(digest, sizeof digest, text);
	frame_field(answer, "diff-id", "sha256:%s", text);
	frame_field(answer, "compressed-size", "%llu", (unsigned long long)decoder_consumed(decoder));
	frame_field(answer, "size", "%llu", (unsigned long long)decoder_produced(decoder));
	frame_field(answer, "entries", "%llu", (unsigned long long)layer->entries);
	frame_field(answer, "bytes", "%llu", (unsigned long long)layer->bytes);
	frame_field(answer, "compression", "%s", format_name(decoder_format(decoder)));
}

static int extract(const struct extraction *extraction, struct frame_writer *answer, struct failure *why)
{
	static const enum decode_format formats[] = {
		[EXTRACT_AUTO] = DECODE_AUTO,
		[EXTRACT_NONE] = DECODE_NONE,
		[EXTRACT_GZIP] = DECODE_GZIP,
		[EXTRACT_ZSTD] = DECODE_ZSTD,
	};
	OWNED(decoder, decoder_owned) decoder = decoder_new(extraction->input, formats[extraction->spec->compression]);
	OWNED(tar_reader, tar_owned) tar = decoder ? tar_new(decoder) : NULL;
	OWNED(index_file, index_owned) index = index_new(extraction->index);
	if (!tar || !index)
		return fail_with(why, ENOMEM, NULL, "extract", "the layer");
	struct layer layer;
	layer_begin(&layer, extraction->root, extraction->spec->rootless, index, answer);
	frame_begin(answer, "extracted");
	int result = layer_write(&layer, tar, why) || decoder_drain(decoder, why) ? -1 : 0;
	layer_end(&layer);
	if (result)
		return -1;
	write_result(answer, decoder, &layer);
	return frame_end(answer) ? fail(why, "extract", "the layer") : 0;
}

static int write_whole(int fd, const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t written = write(fd, bytes, count);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		bytes += written;
		count -= (size_t)written;
	}
	return 0;
}

// The reader: answers through a pipe, with a frame that it made whole.
_Noreturn static void read_layer(const struct extraction *extraction, int answers)
{
	OWNED_FRAME answer = { 0 };
	struct failure why = { 0 };
	int result = extract_confine(extraction->root, extraction->spec->rootless, &why);
	if (!result)
		result = extract(extraction, &answer, &why);
	if (result) {
		frame_writer_release(&answer);
		answer = (struct frame_writer){ 0 };
		write_error(&answer, &why);
	}
	write_whole(answers, answer.bytes, answer.used);
	_exit(result ? 1 : 0);
}

// What the reader answers, up to a frame's largest size. Its length, or -1.
static ssize_t collect(int answers, char *into, size_t size)
{
	size_t used = 0;
	while (used < size) {
		ssize_t count = read(answers, into + used, size - used);
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return count < 0 ? -1 : (ssize_t)used;
		used += (size_t)count;
	}
	return (ssize_t)used;
}

// Hands the client's bytes to the reader until they end or the reader answers, which it may do before. What a broken
// connection has not brought is missing in the digest too.
static int feed(struct extraction *extraction, int into, int answers, struct failure *why)
{
	static char bytes[FEED_SIZE];
	while (true) {
		struct pollfd waiting[] = { { extraction->client, POLLIN, 0 }, { answers, POLLIN, 0 } };
		if (poll(waiting, 2, -1) < 0) {
			if (errno == EINTR)
				continue;
			return fail(why, "wait for", "the layer's bytes");
		}
		if (waiting[1].revents)
			return 0;
		ssize_t count = read(extraction->client, bytes, sizeof bytes);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return fail(why, "read", "the layer's bytes");
		if (count == 0) {
			extraction->whole = true;
			return 0;
		}
		sha256_update(&extraction->hash, (size_t)count, (const uint8_t *)bytes);
		extraction->received += (uint64_t)count;
		if (write_whole(into, bytes, (size_t)count))
			return 0; // it takes no more, and its answer says why
	}
}

static void describe_end(int status, struct failure *why)
{
	char reason[128];
	if (WIFSIGNALED(status))
		snprintf(reason, sizeof reason, "the extractor was ended by signal %d (%s)", WTERMSIG(status),
			 strsignal(WTERMSIG(status)));
	else
		snprintf(reason, sizeof reason, "the extractor ended with %d and without an answer", WEXITSTATUS(status));
	refuse(why, EIO, reason, "extract", "the layer");
}

static int keep_index(const struct extraction *extraction, struct failure *why)
{
	if (rename(extraction->index_path, extraction->spec->index))
		return fail(why, "rename", "%s", extraction->index_path);
	return 0;
}

// Runs the reader. 0: `answer` (`length` bytes) says what came of it; -1: `why` does.
static int supervise(struct extraction *extraction, char *answer, size_t size, size_t *length, struct failure *why)
{
	int pipes[2], feeds[2];
	if (pipe2(pipes, O_CLOEXEC))
		return fail(why, "make", "a pipe");
	OWNED_FD answers = pipes[0];
	OWNED_FD writer = pipes[1];
	if (pipe2(feeds, O_CLOEXEC))
		return fail(why, "make", "a pipe");
	OWNED_FD fed = feeds[0];
	OWNED_FD feeding = feeds[1];
	fcntl(feeding, F_SETPIPE_SZ, FEED_PIPE); // a user may have no more of such room
	pid_t reader = fork();
	if (reader < 0)
		return fail(why, "fork", "the extractor");
	if (reader == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
		close(answers);
		close(disown_fd(&feeding));
		close(extraction->client);
		extraction->input = fed;
		read_layer(extraction, writer);
	}
	close(disown_fd(&writer));
	close(disown_fd(&fed));
	int broken = feed(extraction, feeding, answers, why);
	close(disown_fd(&feeding));
	ssize_t count = broken ? -1 : collect(answers, answer, size);
	int status;
	while (waitpid(reader, &status, 0) < 0)
		if (errno != EINTR)
			return fail(why, "wait for", "the extractor");
	if (broken)
		return -1;
	if (count < FRAME_HEADER || !WIFEXITED(status)) {
		describe_end(status, why);
		return -1;
	}
	*length = (size_t)count;
	return WEXITSTATUS(status) ? 0 : keep_index(extraction, why);
}

static int open_places(struct extraction *extraction, struct failure *why)
{
	const struct extract_spec *spec = extraction->spec;
	int length = snprintf(extraction->index_path, sizeof extraction->index_path, "%s.%d.new", spec->index, getpid());
	if (length < 0 || (size_t)length >= sizeof extraction->index_path)
		return fail_with(why, ENAMETOOLONG, NULL, "open", "%s", spec->index);
	extraction->root = open(spec->target, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (extraction->root < 0)
		return fail(why, "open", "%s", spec->target);
	extraction->index = open(extraction->index_path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
	return extraction->index < 0 ? fail(why, "open", "%s", extraction->index_path) : 0;
}

static void send_answer(int client, const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t sent = send(client, bytes, count, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return;
		bytes += sent;
		count -= (size_t)sent;
	}
}

// Comes before anything of the reader's, which therefore cannot pretend to it.
static void send_digest(struct extraction *extraction)
{
	OWNED_FRAME message = { 0 };
	uint8_t digest[SHA256_DIGEST_SIZE];
	char text[2 * SHA256_DIGEST_SIZE + 1];
	sha256_digest(&extraction->hash, sizeof digest, digest);
	hex(digest, sizeof digest, text);
	frame_begin(&message, "received");
	frame_field(&message, "digest", "sha256:%s", text);
	frame_field(&message, "size", "%llu", (unsigned long long)extraction->received);
	if (!frame_end(&message))
		send_answer(extraction->client, message.bytes, message.used);
}

_Noreturn void extract_serve(const struct extract_spec *spec)
{
	struct extraction extraction = { .spec = spec, .client = -1, .input = -1, .root = -1, .index = -1 };
	struct failure why = { 0 };
	signal(SIGPIPE, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	close_all_but(&spec->listener, 1);
	extraction.client = listener_take_one(spec->listener, spec->socket, &why);
	if (extraction.client < 0)
		_exit(1);
	close(spec->listener);
	sha256_init(&extraction.hash);

	size_t length = 0, size = FRAME_HEADER + FRAME_MAX;
	char *bytes = malloc(size);
	int result = bytes ? open_places(&extraction, &why) : fail(&why, "extract", "the layer");
	if (!result)
		result = supervise(&extraction, bytes, size, &length, &why);
	if (result) {
		struct frame_writer answer = { 0 };
		write_error(&answer, &why);
		send_answer(extraction.client, answer.bytes, answer.used);
	} else {
		if (extraction.whole)
			send_digest(&extraction);
		send_answer(extraction.client, bytes, length);
	}
	shutdown(extraction.client, SHUT_RDWR);
	unlink(extraction.index_path);
	_exit(result ? 1 : 0);
}
