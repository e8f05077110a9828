// What tests of the runtime's parts share: facts, counted and told where they do not hold, and a directory of one's own.
#ifndef DARSENA_CHECK_H
#define DARSENA_CHECK_H

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int checks, failures;

// Where a test works; it removes that itself.
static char place[64];

__attribute__((format(printf, 2, 3)))
static inline void check(bool fact, const char *format, ...)
{
	const int number = errno;
	checks++;
	if (fact)
		return;
	failures++;
	va_list arguments;
	va_start(arguments, format);
	fputs("FAILED: ", stderr);
	vfprintf(stderr, format, arguments);
	fprintf(stderr, " (errno %d, %s)\n", number, strerror(number));
	va_end(arguments);
}

// Makes it; what is there already is somebody else's. 0, or -1 with errno.
static inline int place_make(const char *test)
{
	snprintf(place, sizeof place, "/tmp/darsena-%s-%d", test, (int)getpid());
	return mkdir(place, 0700);
}

// What the test ends with.
static inline int check_end(const char *test)
{
	printf("%s: %d checks, %d failed\n", test, checks, failures);
	return failures ? 1 : 0;
}

#endif
