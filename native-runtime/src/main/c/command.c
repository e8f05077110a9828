#define _GNU_SOURCE
#include "command.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char default_path[] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

char **command_environment(const struct start_request *request, const char *home)
{
	char **environment = calloc(request->environment.count + 2, sizeof *environment);
	if (!environment)
		return NULL;
	bool has_home = false;
	for (size_t i = 0; i < request->environment.count; i++) {
		environment[i] = (char *)request->environment.items[i];
		has_home |= !strncmp(environment[i], "HOME=", 5);
	}
	if (!has_home && asprintf(&environment[request->environment.count], "HOME=%s", *home ? home : "/") < 0)
		return NULL;
	return environment;
}

static const char *search_path(char *const *environment)
{
	for (; *environment; environment++)
		if (!strncmp(*environment, "PATH=", 5))
			return *environment + 5;
	return default_path;
}

static const char *hint_for(int number)
{
	switch (number) {
	case ENOEXEC:
		return "the file is neither a program nor a script that begins with #!";
	case EACCES:
		return "the file is not executable, or is a directory";
	default:
		return NULL;
	}
}

// As execvp does: what is missing is passed over; a file that may not be executed is told when no other is found.
static int execute_in_path(const struct strings *arguments, char **environment)
{
	const char *name = arguments->items[0];
	int number = ENOENT;
	for (const char *directory = search_path(environment); directory;) {
		char path[PATH_MAX];
		size_t length = strcspn(directory, ":");
		int written = snprintf(path, sizeof path, "%.*s/%s", (int)length, length ? directory : ".", name);
		if (!length)
			written = snprintf(path, sizeof path, "./%s", name);
		if (written < (int)sizeof path) {
			execve(path, (char *const *)arguments->items, environment);
			if (errno != ENOENT && errno != ENOTDIR && errno != EACCES)
				return errno;
			if (errno == EACCES)
				number = EACCES;
		}
		directory = directory[length] ? directory + length + 1 : NULL;
	}
	return number;
}

int command_execute(const struct strings *arguments, char **environment, struct failure *why)
{
	const char *name = arguments->items[0];
	int number;
	if (strchr(name, '/')) {
		execve(name, (char *const *)arguments->items, environment);
		number = errno;
	} else {
		number = execute_in_path(arguments, environment);
	}
	return fail_with(why, number, hint_for(number), "execute", "%s", name);
}
