#define _GNU_SOURCE
#include "identity.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "owned.h"
#include "paths.h"

enum { MOST_FIELDS = 7, MOST_BYTES = 1 << 20 };

// One line of the files, split at its colons; what lacks is empty. The files are an image's: nothing in them is trusted.
struct entry {
	const char *field[MOST_FIELDS];
};

typedef void (*entry_visitor)(const struct entry *entry, void *context);

// The first mebibyte of a regular file; empty when there is none. To be freed.
static char *read_text(const char *path)
{
	OWNED_FD fd = path_open_regular(path);
	char *text = malloc(MOST_BYTES + 1);
	size_t used = 0;
	if (!text)
		return NULL;
	while (fd >= 0 && used < MOST_BYTES) {
		ssize_t count = read(fd, text + used, MOST_BYTES - used);
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			break;
		used += (size_t)count;
	}
	text[used] = '\0';
	return text;
}

// A missing, unreadable or irregular file has no entries.
static void each_entry(const char *path, entry_visitor visit, void *context)
{
	OWNED_MEMORY char *text = read_text(path);
	char *lines = text;
	for (char *line; (line = strsep(&lines, "\n"));) {
		struct entry entry;
		char *rest = line;
		for (int i = 0; i < MOST_FIELDS; i++) {
			const char *field = strsep(&rest, ":");
			entry.field[i] = field ? field : "";
		}
		visit(&entry, context);
	}
}

static bool number_of(const char *text, unsigned *number)
{
	long long value;
	if (!isdigit((unsigned char)*text) || !parse_number(text, 0, 0xfffffffell, &value))
		return false;
	*number = (unsigned)value;
	return true;
}

struct user_search {
	const char *wanted;
	struct identity *identity;
	char name[256];
	bool found, found_by_name;
};

// A name wins over a number of the same spelling, as in Docker; the first entry of either wins.
static void look_for_user(const struct entry *entry, void *context)
{
	struct user_search *search = context;
	unsigned user, group, wanted;
	bool by_name = !strcmp(entry->field[0], search->wanted);
	if (search->found_by_name || !number_of(entry->field[2], &user) || !number_of(entry->field[3], &group))
		return;
	if (!by_name && (search->found || !number_of(search->wanted, &wanted) || wanted != user))
		return;
	search->found = true;
	search->found_by_name = by_name;
	search->identity->user = user;
	search->identity->group = group;
	snprintf(search->name, sizeof search->name, "%s", entry->field[0]);
	snprintf(search->identity->home, sizeof search->identity->home, "%s", entry->field[5]);
}

struct group_search {
	const char *wanted; // null: only memberships are looked for
	const char *member;
	struct identity *identity;
	bool found, found_by_name;
};

static bool lists(const char *members, const char *name)
{
	size_t length = strlen(name);
	for (const char *member = members; length && *member;) {
		size_t span = strcspn(member, ",");
		if (span == length && !memcmp(member, name, length))
			return true;
		member += span + (member[span] == ',');
	}
	return false;
}

static void look_for_group(const struct entry *entry, void *context)
{
	struct group_search *search = context;
	struct identity *identity = search->identity;
	unsigned group, wanted;
	if (!number_of(entry->field[2], &group))
		return;
	if (!search->wanted) {
		if (lists(entry->field[3], search->member) && identity->group_count < MOST_GROUPS)
			identity->groups[identity->group_count++] = group;
		return;
	}
	bool by_name = !strcmp(entry->field[0], search->wanted);
	if (search->found_by_name || (!by_name && (search->found || !number_of(search->wanted, &wanted) || wanted != group)))
		return;
	search->found = true;
	search->found_by_name = by_name;
	identity->group = group;
}

static int find_user(struct user_search *search, struct failure *why)
{
	each_entry("/etc/passwd", look_for_user, search);
	if (search->found)
		return 0;
	if (!number_of(search->wanted, &search->identity->user))
		return refuse(why, EINVAL, "no such user in the container's /etc/passwd", "find user", "%s", search->wanted);
	return 0;
}

int identity_find(const char *specification, struct identity *identity, struct failure *why)
{
	*identity = (struct identity){ 0 };
	OWNED_MEMORY char *user = strdup(specification);
	if (!user)
		return fail(why, "allocate", "user");
	char *group = strchr(user, ':');
	if (group)
		*group++ = '\0';
	if (group && !*group)
		group = NULL;
	struct user_search users = { .wanted = *user ? user : "0", .identity = identity };
	if (find_user(&users, why))
		return -1;
	// A group that is named replaces the user's own and the memberships, as in Docker.
	struct group_search groups = { .wanted = group, .member = users.name, .identity = identity };
	if (!group && !users.name[0])
		return 0;
	each_entry("/etc/group", look_for_group, &groups);
	if (group && !groups.found && !number_of(group, &identity->group))
		return refuse(why, EINVAL, "no such group in the container's /etc/group", "find group", "%s", group);
	return 0;
}
