#include "extract_path.h"

#include <stdbool.h>
#include <string.h>

#define WHITEOUT_PREFIX ".wh."
#define AUFS_PREFIX ".wh..wh."
#define OPAQUE_NAME ".wh..wh..opq"

static bool is(const char *part, size_t length, const char *text)
{
	return strlen(text) == length && !memcmp(part, text, length);
}

size_t path_leaf(const char *clean)
{
	const char *slash = strrchr(clean, '/');
	return slash ? (size_t)(slash + 1 - clean) : 0;
}

// Takes the last part away. False when there is none.
static bool pop(char *clean)
{
	if (!*clean)
		return false;
	size_t leaf = path_leaf(clean);
	clean[leaf ? leaf - 1 : 0] = '\0';
	return true;
}

static int push(char *clean, const char *part, size_t length, const char *raw, struct failure *why)
{
	size_t used = strlen(clean), prefix = strlen(WHITEOUT_PREFIX);
	bool whiteout = length > prefix && !memcmp(part, WHITEOUT_PREFIX, prefix); // of a name that may be as long as any
	if (length > LONGEST_NAME + (whiteout ? prefix : 0))
		return refuse(why, 0, "a part of its path is longer than 255 bytes", "extract", "%s", raw);
	if (used + 1 + length >= LONGEST_PATH)
		return refuse(why, 0, "its path is longer than 16383 bytes", "extract", "%s", raw);
	if (used)
		clean[used++] = '/';
	memcpy(clean + used, part, length);
	clean[used + length] = '\0';
	return 0;
}

int path_clean(const char *raw, char clean[LONGEST_PATH], struct failure *why)
{
	bool absolute = *raw == '/';
	clean[0] = '\0';
	if (!*raw)
		return refuse(why, 0, "it has no name", "extract", "an entry");
	for (const char *part = raw; *part;) {
		size_t length = strcspn(part, "/");
		if (is(part, length, "..")) {
			if (!pop(clean) && !absolute)
				return refuse(why, 0, "its path leaves the layer", "extract", "%s", raw);
		} else if (length && !is(part, length, ".") && push(clean, part, length, raw, why)) {
			return -1;
		}
		part += length;
		part += *part == '/';
	}
	return 0;
}

// Of one part, which ends in NUL or a slash.
static enum whiteout whiteout_of(const char *part, size_t length)
{
	size_t prefix = strlen(WHITEOUT_PREFIX);
	if (length < prefix || memcmp(part, WHITEOUT_PREFIX, prefix) != 0)
		return WHITEOUT_NONE;
	if (is(part, length, OPAQUE_NAME))
		return WHITEOUT_OPAQUE;
	if (length >= strlen(AUFS_PREFIX) && !memcmp(part, AUFS_PREFIX, strlen(AUFS_PREFIX)))
		return WHITEOUT_IGNORED;
	part += prefix;
	length -= prefix;
	return !length || is(part, length, ".") || is(part, length, "..") ? WHITEOUT_INVALID : WHITEOUT_NAME;
}

enum whiteout whiteout_in(const char *clean)
{
	const char *part = clean;
	for (const char *slash; (slash = strchr(part, '/')); part = slash + 1) {
		enum whiteout parent = whiteout_of(part, (size_t)(slash - part));
		if (parent != WHITEOUT_NONE)
			return parent == WHITEOUT_IGNORED ? WHITEOUT_IGNORED : WHITEOUT_INVALID;
	}
	return whiteout_of(part, strlen(part));
}

const char *whiteout_target(const char *leaf)
{
	return leaf + strlen(WHITEOUT_PREFIX);
}
