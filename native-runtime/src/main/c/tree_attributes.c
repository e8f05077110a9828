#include "tree_attributes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "extract_attributes.h"

// What is behind the prefix of overlay's own names, or null.
static const char *mark_in(const struct tree_attributes *attributes, const char *name)
{
	const char *prefix = attributes->rootless ? "user.overlay." : "trusted.overlay.";
	size_t length = strlen(prefix);
	return strncmp(name, prefix, length) ? NULL : name + length;
}

static int read_mark(struct tree_attributes *attributes, const char *held, const char *name, const char *mark,
		     const char *path, struct failure *why)
{
	char value[4];
	if (!strcmp(mark, "opaque"))
		attributes->opaque |= getxattr(held, name, value, sizeof value) == 1 && value[0] == 'y';
	else if (!strcmp(mark, "whiteout"))
		attributes->whiteout = true;
	else if (!strcmp(mark, "redirect") || !strcmp(mark, "metacopy"))
		return refuse(why, ENOTSUP, "it was written by an overlay with redirects or metadata-only copies, which Darsena never mounts",
			      "read", "%s", path);
	return 0;
}

// One that vanished, or that this user may not read, is left out, and one whose name a tar would end too early.
static void carry(struct tree_attributes *attributes, const char *held, const char *name)
{
	char *value = attributes->values + attributes->values_size;
	size_t room = sizeof attributes->values - attributes->values_size;
	if (attributes->count == MOST_CARRIED || room == 0 || strchr(name, '=')) {
		attributes->left_out++;
		return;
	}
	ssize_t size = getxattr(held, name, value, room);
	if (size < 0) {
		attributes->left_out += errno != ENODATA;
		return;
	}
	attributes->values_size += (size_t)size;
	attributes->carried[attributes->count++] = (struct tar_xattr){ name, value, (size_t)size };
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct tar_xattr *)a)->name, ((const struct tar_xattr *)b)->name);
}

int attributes_read(struct tree_attributes *attributes, int held, unsigned mode, const char *path, struct failure *why)
{
	attributes->opaque = attributes->whiteout = false;
	attributes->count = attributes->left_out = attributes->values_size = 0;
	if (!S_ISREG(mode) && !S_ISDIR(mode))
		return 0;
	char number[16];
	snprintf(number, sizeof number, "%d", held);
	ssize_t size = listxattr(number, attributes->names, sizeof attributes->names);
	if (size < 0) {
		attributes->left_out = errno == E2BIG || errno == ERANGE;
		if (errno == EOPNOTSUPP || errno == ENOENT || attributes->left_out)
			return 0;
		return fail(why, "list extended attributes", "%s", path);
	}
	for (const char *name = attributes->names; name < attributes->names + size; name += strlen(name) + 1) {
		const char *mark = mark_in(attributes, name);
		if (mark && read_mark(attributes, number, name, mark, path, why))
			return -1;
		if (!mark && attribute_may_be_set(name))
			carry(attributes, number, name);
	}
	qsort(attributes->carried, attributes->count, sizeof *attributes->carried, by_name);
	return 0;
}
