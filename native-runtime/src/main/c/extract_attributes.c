#define _GNU_SOURCE
#include "extract_attributes.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

// chown(2) and writes take these away, so they are given last.
#define SPECIAL_BITS (S_ISUID | S_ISGID)

static bool has_prefix(const char *text, const char *prefix)
{
	return !strncmp(text, prefix, strlen(prefix));
}

// What a layer may say of a file. `trusted.overlay.` and `user.overlay.` would forge what overlay itself writes; other
// names belong to this machine's security modules.
bool attribute_may_be_set(const char *name)
{
	if (has_prefix(name, "user."))
		return !has_prefix(name, "user.overlay.");
	return !strcmp(name, "security.capability") || !strcmp(name, "system.posix_acl_access") ||
		!strcmp(name, "system.posix_acl_default");
}

static int set_xattrs(struct layer *layer, int fd, const struct tar_entry *entry, struct failure *why)
{
	for (size_t i = 0; i < entry->xattr_count; i++) {
		const struct tar_xattr *xattr = &entry->xattrs[i];
		if (!attribute_may_be_set(xattr->name)) {
			layer_note(layer, "xattr", "%s:%s", xattr->name, layer->path);
			continue;
		}
		layer->inherits |= !strcmp(xattr->name, "system.posix_acl_default");
		if (!fsetxattr(fd, xattr->name, xattr->value, xattr->size, 0))
			continue;
		// The file system knows none, or a user namespace may not set this one, or it names ids that are not mapped.
		if (errno != EOPNOTSUPP && errno != EPERM && errno != EINVAL)
			return fail(why, "set extended attribute", "%s of %s", xattr->name, layer->path);
		layer_note(layer, "xattr", "%s:%s", xattr->name, layer->path);
	}
	return 0;
}

// Ids that the user namespace does not have cannot be given (EINVAL), nor may a lone user give files away (EPERM).
static bool is_not_ours_to_give(const struct layer *layer)
{
	return layer->rootless && (errno == EINVAL || errno == EPERM);
}

static bool owner_comes_of_itself(const struct layer *layer, const struct tar_entry *entry)
{
	return entry->uid == 0 && entry->gid == 0 && !layer->parent_setgid;
}

// Whether the owner stays this user: then the set-user-id bit would lend the wrong one.
static int give_owner(struct layer *layer, int fd, const struct tar_entry *entry, bool *kept, struct failure *why)
{
	*kept = false;
	if (!fchown(fd, entry->uid, entry->gid))
		return 0;
	if (!is_not_ours_to_give(layer))
		return fail(why, "change owner", "%s", layer->path);
	*kept = true;
	layer->unowned++;
	return 0;
}

static int set_mode(struct layer *layer, int fd, unsigned mode, struct failure *why)
{
	return fchmod(fd, mode) ? fail(why, "change mode", "%s", layer->path) : 0;
}

int attributes_of_file(struct layer *layer, int fd, const struct tar_entry *entry, unsigned created_mode, struct failure *why)
{
	bool kept = false;
	unsigned mode = entry->mode;
	if (!owner_comes_of_itself(layer, entry) && give_owner(layer, fd, entry, &kept, why))
		return -1;
	if (kept)
		mode &= ~(unsigned)SPECIAL_BITS;
	if ((mode != created_mode || layer->inherits) && set_mode(layer, fd, mode, why))
		return -1;
	if (entry->xattr_count && set_xattrs(layer, fd, entry, why))
		return -1;
	struct timespec times[2] = { { entry->mtime, entry->mtime_ns }, { entry->mtime, entry->mtime_ns } };
	return futimens(fd, times) ? fail(why, "set time", "%s", layer->path) : 0;
}

int attributes_of_directory(struct layer *layer, int fd, const struct tar_entry *entry, struct failure *why)
{
	bool kept;
	if (give_owner(layer, fd, entry, &kept, why))
		return -1;
	unsigned mode = kept ? entry->mode & ~(unsigned)SPECIAL_BITS : entry->mode;
	if (set_mode(layer, fd, mode, why))
		return -1;
	return entry->xattr_count ? set_xattrs(layer, fd, entry, why) : 0;
}

int attributes_of_node(struct layer *layer, const char *leaf, const struct tar_entry *entry, struct failure *why)
{
	int parent = layer->parent;
	if (!owner_comes_of_itself(layer, entry) &&
	    fchownat(parent, leaf, entry->uid, entry->gid, AT_SYMLINK_NOFOLLOW)) {
		if (!is_not_ours_to_give(layer))
			return fail(why, "change owner", "%s", layer->path);
		layer->unowned++;
	}
	if (entry->type != TAR_SYMLINK && fchmodat(parent, leaf, entry->mode, 0))
		return fail(why, "change mode", "%s", layer->path);
	for (size_t i = 0; i < entry->xattr_count; i++)
		layer_note(layer, "xattr", "%s:%s", entry->xattrs[i].name, layer->path);
	struct timespec times[2] = { { entry->mtime, entry->mtime_ns }, { entry->mtime, entry->mtime_ns } };
	if (utimensat(parent, leaf, times, AT_SYMLINK_NOFOLLOW))
		return fail(why, "set time", "%s", layer->path);
	return 0;
}

int attributes_opaque(struct layer *layer, int fd, struct failure *why)
{
	const char *name = layer->rootless ? "user.overlay.opaque" : "trusted.overlay.opaque";
	if (fsetxattr(fd, name, "y", 1, 0))
		return fail(why, "set extended attribute", "%s of %s", name, layer->path);
	return 0;
}
