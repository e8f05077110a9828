// Unix sockets that only their owner may speak to.
#ifndef DARSENA_LISTENER_H
#define DARSENA_LISTENER_H

#include "error.h"

// Binds NAME in the directory, replacing a stale one, mode 0600, and listens. The descriptor, or -1.
int listener_open(const char *directory, const char *name, struct failure *why);

// Accepts one connection of our own user; others are closed. -1 with EAGAIN when nobody waits.
int listener_accept(int listener);

// Waits half a minute for the one client of a blocking listener at the path, and removes that. The connection, which blocks,
// or -1.
int listener_take_one(int listener, const char *socket, struct failure *why);

#endif
