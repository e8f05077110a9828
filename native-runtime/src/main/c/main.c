#define _GNU_SOURCE
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "host.h"
#include "placement.h"
#include "title.h"

static int usage(void)
{
	fputs("usage: darsena-runtime host --run-dir DIR [--rootless] [--cgroup DIR]...\n"
	      "       darsena-runtime --version\n"
	      "Starts and watches Darsena's containers. It is spoken to by the engine, through DIR/host.sock.\n",
	      stderr);
	return 2;
}

static int host_command(int count, char **words)
{
	const char *cgroup_items[MOST_HIERARCHIES + 1];
	struct strings cgroups = { cgroup_items, 0 };
	const char *run_dir = NULL;
	bool rootless = false;
	for (int i = 0; i < count; i++) {
		if (!strcmp(words[i], "--rootless"))
			rootless = true;
		else if (!strcmp(words[i], "--run-dir") && i + 1 < count)
			run_dir = words[++i];
		else if (!strcmp(words[i], "--cgroup") && i + 1 < count && cgroups.count < MOST_HIERARCHIES)
			cgroup_items[cgroups.count++] = words[++i];
		else
			return usage();
	}
	return run_dir && *run_dir == '/' ? host_serve(run_dir, rootless, &cgroups) : usage();
}

// A missing standard stream would let a socket take its number.
static int open_standard_streams(void)
{
	int fd;
	do
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (fd >= 0 && fd < 3);
	if (fd >= 3)
		close(fd);
	return fd < 0 ? -1 : 0;
}

int main(int count, char **words)
{
	title_remember(count, words);
	if (open_standard_streams())
		return 1;
	if (count >= 2 && !strcmp(words[1], "host"))
		return host_command(count - 2, words + 2);
	if (count == 2 && !strcmp(words[1], "--version")) {
		puts("darsena-runtime " DARSENA_RELEASE);
		return 0;
	}
	return usage();
}
