// The engine's user and mount namespace, for an ordinary user.
#ifndef DARSENA_USERNS_H
#define DARSENA_USERNS_H

#include <stdbool.h>
#include <sys/types.h>

#include "error.h"
#include "reduced.h"

struct userns {
	bool entered;
	bool single_uid;
	pid_t pin; // keeps the namespaces; 0 when there is none
	enum reduced reduced; // why less than everything was had
	char reduction[320];
	struct failure refusal; // when not entered: why
};

// Joins the namespaces of the living pin that RUN-DIR/pin names, or makes new ones with a pin of their own. A refusal is
// no failure: it is told in `userns`. -1 only when the run directory cannot be used.
int userns_enter(const char *run_dir, struct userns *userns, struct failure *why);

#endif
