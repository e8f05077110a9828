#include "archive_plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "extract_path.h"

// Behind the NUL of the text at `from`, or null when that has not come.
static char *behind(struct plan *plan, char *from)
{
	char *end = memchr(from, '\0', (size_t)(plan->bytes + plan->used - from));
	return end ? end + 1 : NULL;
}

bool plan_is_ready(const struct plan *plan)
{
	const char *end = plan->bytes + plan->used, *at = plan->bytes + plan->start;
	const char *name = memchr(at, '\0', (size_t)(end - at));
	return name && memchr(name + 1, '\0', (size_t)(end - name - 1));
}

static int refuse_record(struct failure *why, const char *record, const char *reason)
{
	return refuse(why, EINVAL, reason, "archive", "%s", record);
}

// `..` is nobody's name, and would have to be followed while others move directories.
static bool has_dots(const char *path)
{
	for (;;) {
		size_t length = strcspn(path, "/");
		if (length == 2 && !memcmp(path, "..", 2))
			return true;
		path += length;
		if (!*path)
			return false;
		path++;
	}
}

// `FLAGS ROOT PATH`
static int read_record(const char *text, struct plan_record *record, struct failure *why)
{
	const char *at = text;
	for (; *at && *at != ' '; at++) {
		record->recursive |= *at == 'r';
		record->optional |= *at == 'm';
		record->parent |= *at == 'p';
		record->opaque |= *at == 'o';
		record->whiteout |= *at == 'w';
		if (!strchr("rmpow-", *at))
			return refuse_record(why, text, "a record of the plan has an unknown flag");
	}
	size_t digits = *at ? strspn(at + 1, "0123456789") : 0;
	if (at == text || digits == 0 || digits > 6 || at[1 + digits] != ' ')
		return refuse_record(why, text, "a record of the plan is not FLAGS ROOT PATH");
	record->root = (size_t)strtoul(at + 1, NULL, 10);
	record->path = at + digits + 2;
	if (*record->path == '/' || has_dots(record->path))
		return refuse_record(why, record->path, "a path of the plan is to begin in its root and to have no ..");
	if (record->parent + record->opaque + record->whiteout > 1 || (record->whiteout && !*record->name))
		return refuse_record(why, record->path, "a record of the plan is to have one kind of mark, and a whiteout a name");
	if (strlen(record->path) >= LONGEST_PATH || strlen(record->name) >= LONGEST_PATH)
		return refuse_record(why, record->path, "a path of the plan is longer than 16383 bytes");
	return 1;
}

static int receive(struct plan *plan, struct failure *why)
{
	memmove(plan->bytes, plan->bytes + plan->start, plan->used - plan->start);
	plan->used -= plan->start;
	plan->start = 0;
	if (plan->used == sizeof plan->bytes)
		return refuse_record(why, "the plan", "a record of it is too long");
	ssize_t count;
	do
		count = read(plan->fd, plan->bytes + plan->used, sizeof plan->bytes - plan->used);
	while (count < 0 && errno == EINTR);
	if (count < 0)
		return fail(why, "read", "the plan");
	if (count == 0 && plan->used > 0)
		return refuse_record(why, "the plan", "it ends inside a record");
	plan->used += (size_t)count;
	return count > 0;
}

int plan_next(struct plan *plan, struct plan_record *record, struct failure *why)
{
	while (!plan_is_ready(plan)) {
		int state = receive(plan, why);
		if (state <= 0)
			return state;
	}
	char *text = plan->bytes + plan->start, *name = behind(plan, text);
	*record = (struct plan_record){ .name = name };
	plan->start = (size_t)(behind(plan, name) - plan->bytes);
	return read_record(text, record, why);
}
