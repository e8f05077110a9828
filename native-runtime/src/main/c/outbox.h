// What a client that is attached to a container's output has still to be sent.
#ifndef DARSENA_OUTBOX_H
#define DARSENA_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Starts zeroed; ends with outbox_release.
struct outbox {
	char *bytes;
	size_t used, capacity;
	uint64_t stalled_ns;	 // since when it has been full and nothing was taken; 0: it is not
	unsigned long long left; // bytes that its client was not given since it fell behind
	bool behind;
};

enum { OUTBOX_FULL = 262144, OUTBOX_MOST = 4194304, CHUNK_HEADER = 8 };

// Adds a chunk: a byte for the stream (1 output, 2 errors), three zero bytes, the length big-endian, the bytes. One that
// does not find room, or comes while the client is behind, is counted instead.
void outbox_add(struct outbox *outbox, int stream, const char *bytes, size_t length);

// Sends what the socket takes now. 0, or -1 when the client has gone.
int outbox_send(struct outbox *outbox, int fd);

// Whether more should be read for it only later. One that is behind holds nobody up.
bool outbox_is_full(const struct outbox *outbox);

// Gives up waiting for a client that has taken nothing for so long.
void outbox_give_up(struct outbox *outbox);

void outbox_release(struct outbox *outbox);

#endif
