// The process that keeps the engine's namespaces when no host lives, as RUN-DIR/pin names it.
#ifndef DARSENA_PIN_H
#define DARSENA_PIN_H

#include <stdbool.h>
#include <sys/types.h>

#include "error.h"

// The pin of this run directory, if it lives and is the same process; else 0.
pid_t pin_living(const char *run_dir);
int pin_write(const char *run_dir, pid_t pin, struct failure *why);

// The pin's own life: a session, a name and deaf ears first; then, in its namespaces, an idle wait. It ends when nothing
// else has lived there for a minute or two, or, asked to by SIGTERM (our host ends, the machine is shut down), as soon as
// nothing does.
void pin_begin(void);
_Noreturn void pin_stay(void);

// Whether one id alone is mapped in the process's user namespace.
bool pin_maps_one_id(pid_t pid);

// Whether no other process lives in the pin's user namespace.
bool pin_is_idle(pid_t pin);

#endif
