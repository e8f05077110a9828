#define _GNU_SOURCE
#include "title.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

static char *area;
static size_t area_size;

// The words lie one behind the other on the stack.
void title_remember(int count, char **words)
{
	area = words[0];
	for (int i = 0; i < count && words[i] == area + area_size; i++)
		area_size += strlen(words[i]) + 1;
}

void title_set(const char *name, const char *detail)
{
	prctl(PR_SET_NAME, name);
	if (area_size == 0)
		return;
	memset(area, 0, area_size);
	snprintf(area, area_size, "%s%s%s", name, *detail ? " " : "", detail);
}
