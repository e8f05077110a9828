#include "links.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 1024 };

struct link {
	dev_t device;
	ino_t inode;
	nlink_t left; // names still to come
	char *name;
};

// Open addressing; the room is a power of two. What has all been met stays as a key without a name.
struct links {
	struct link *items;
	size_t used, room;
	char *last; // what links_find gave out of an item that is done
};

struct links *links_new(void)
{
	return calloc(1, sizeof(struct links));
}

void links_free(struct links *links)
{
	if (!links)
		return;
	for (size_t i = 0; i < links->room; i++)
		free(links->items[i].name);
	free(links->items);
	free(links->last);
	free(links);
}

static bool is_empty(const struct link *link)
{
	return !link->inode && !link->device;
}

static struct link *slot(struct link *items, size_t room, dev_t device, ino_t inode)
{
	uint64_t key = ((uint64_t)inode ^ (uint64_t)device << 32) * 0x9e3779b97f4a7c15u;
	size_t at = (size_t)(key >> 20) & (room - 1);
	while (!is_empty(&items[at]) && (items[at].inode != inode || items[at].device != device))
		at = (at + 1) & (room - 1);
	return &items[at];
}

const char *links_find(struct links *links, const struct stat *status)
{
	if (status->st_nlink < 2 || !links->room)
		return NULL;
	struct link *link = slot(links->items, links->room, status->st_dev, status->st_ino);
	if (is_empty(link) || !link->name)
		return NULL;
	if (--link->left > 0)
		return link->name;
	free(links->last);
	links->last = link->name;
	link->name = NULL;
	return links->last;
}

static int grow(struct links *links)
{
	size_t room = links->room ? links->room * 2 : FIRST_ROOM;
	struct link *items = calloc(room, sizeof *items);
	if (!items)
		return -1;
	for (size_t i = 0; i < links->room; i++)
		if (!is_empty(&links->items[i]))
			*slot(items, room, links->items[i].device, links->items[i].inode) = links->items[i];
	free(links->items);
	links->items = items;
	links->room = room;
	return 0;
}

int links_add(struct links *links, const struct stat *status, const char *name)
{
	if (status->st_nlink < 2)
		return 0;
	if (links->used * 2 >= links->room && grow(links))
		return -1;
	char *copy = strdup(name);
	if (!copy)
		return -1;
	struct link *link = slot(links->items, links->room, status->st_dev, status->st_ino);
	links->used += is_empty(link);
	free(link->name);
	*link = (struct link){ status->st_dev, status->st_ino, status->st_nlink - 1, copy };
	return 0;
}
