/* memory-probe: uses memory and tells when it does.
 *
 *     cc -O2 -static -o memory-probe memory_probe.c
 *     memory-probe MEGABYTES
 *
 * Maps that much anonymous memory, writes to each page, prints `ready`, and waits to be killed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(int count, char **arguments)
{
	size_t bytes = (size_t)(count > 1 ? atoi(arguments[1]) : 0) << 20;
	char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED) {
		perror("mmap");
		return 1;
	}
	memset(memory, 1, bytes);
	puts("ready");
	fflush(stdout);
	for (;;)
		pause();
}
