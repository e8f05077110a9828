#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const stage_names[] = {
	[STAGE_NONE] = "",
	[STAGE_MONITOR] = "monitor",
	[STAGE_NAMESPACES] = "namespaces",
	[STAGE_OVERLAY] = "overlay",
	[STAGE_FILESYSTEMS] = "filesystems",
	[STAGE_CONFINEMENT] = "confinement",
	[STAGE_COMMAND] = "command",
};

const char *stage_name(enum stage stage)
{
	if ((unsigned)stage >= sizeof stage_names / sizeof *stage_names)
		return "";
	return stage_names[stage];
}

__attribute__((format(printf, 6, 0)))
static void fill(struct failure *why, int number, const char *reason, const char *hint, const char *operation,
		 const char *object, va_list arguments)
{
	why->number = number;
	snprintf(why->operation, sizeof why->operation, "%s", operation);
	vsnprintf(why->object, sizeof why->object, object, arguments);
	snprintf(why->reason, sizeof why->reason, "%s", reason);
	snprintf(why->hint, sizeof why->hint, "%s", hint ? hint : "");
}

int fail(struct failure *why, const char *operation, const char *object, ...)
{
	int number = errno;
	va_list arguments;
	va_start(arguments, object);
	fill(why, number, strerror(number), NULL, operation, object, arguments);
	va_end(arguments);
	return -1;
}

int fail_with(struct failure *why, int number, const char *hint, const char *operation, const char *object, ...)
{
	va_list arguments;
	va_start(arguments, object);
	fill(why, number, strerror(number), hint, operation, object, arguments);
	va_end(arguments);
	return -1;
}

int refuse(struct failure *why, int number, const char *reason, const char *operation, const char *object, ...)
{
	va_list arguments;
	va_start(arguments, object);
	fill(why, number, reason, NULL, operation, object, arguments);
	va_end(arguments);
	return -1;
}

void failure_write(struct frame_writer *message, const struct failure *why)
{
	frame_field(message, "operation", "%s", why->operation);
	frame_field(message, "object", "%s", why->object);
	frame_field(message, "errno", "%d", why->number);
	frame_field(message, "reason", "%s", why->reason);
	if (why->hint[0])
		frame_field(message, "hint", "%s", why->hint);
	if (why->stage != STAGE_NONE)
		frame_field(message, "stage", "%s", stage_name(why->stage));
}
