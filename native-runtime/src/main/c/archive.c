#define _GNU_SOURCE
#include "archive.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive_confine.h"
#include "archive_entry.h"
#include "archive_plan.h"
#include "deep_path.h"
#include "files.h"
#include "kernel.h"
#include "listener.h"
#include "owned.h"
#include "tree_scan.h"

#define OWNED(type, release) __attribute__((cleanup(release))) struct type *

#define CONFINED (RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV)

// The directory that the last path of the plan is in: many follow each other in one.
struct place {
	int fd;
	size_t root;
	char path[LONGEST_PATH];
};

struct archiver {
	int roots[ARCHIVE_MOST_ROOTS];
	bool plan_at_fault;
	struct plan plan;
	struct place place;
	struct tree_attributes attributes;
	struct archive_output output;
	struct archive archive;
};

static int blame_plan(struct archiver *archiver)
{
	archiver->plan_at_fault = true;
	return -1;
}

static int archive_below(struct archive *archive, int held, const char *name, struct failure *why)
{
	int directory = scan_open(held, O_DIRECTORY);
	if (directory < 0)
		return fail(why, "open", "%s", name);
	OWNED(scan, scan_owned) scan = scan_new(directory, name, why);
	int state = scan ? 1 : -1;
	while (state > 0 && (state = scan_next(scan, why)) > 0) {
		enum archived outcome = archive_entry(archive, scan->fd, &scan->status, scan->path, why);
		if (outcome == ARCHIVE_FAILED)
			return -1;
		archive->skipped += outcome == ARCHIVED_NOTHING || outcome == ARCHIVE_CLOSED;
		if (outcome == ARCHIVED && S_ISDIR(scan->status.st_mode) && scan_enter(scan, why))
			return -1;
	}
	if (scan)
		archive->skipped += scan->skipped;
	return state;
}

// -1 with errno.
static int open_place(struct archiver *archiver, const struct plan_record *record)
{
	struct place *place = &archiver->place;
	size_t leaf = path_leaf(record->path), length = leaf ? leaf - 1 : 0;
	if (place->fd >= 0 && place->root == record->root && strlen(place->path) == length &&
	    !memcmp(place->path, record->path, length))
		return 0;
	close_owned(&place->fd);
	place->root = record->root;
	memcpy(place->path, record->path, length);
	place->path[length] = '\0';
	place->fd = deep_open(archiver->roots[record->root], place->path, O_PATH | O_DIRECTORY, CONFINED);
	return place->fd < 0 ? -1 : 0;
}

// What is not there (a whiteout included) is the plan's fault, unless it said that this may be.
static int miss(struct archiver *archiver, const struct plan_record *record, int number, struct failure *why)
{
	if (record->optional && scan_is_gone(number)) {
		archiver->archive.skipped++;
		return 0;
	}
	archiver->plan_at_fault = scan_is_gone(number);
	return fail_with(why, number, NULL, "archive", "%s", record->path);
}

static enum marking marking_of(const struct plan_record *record)
{
	return record->parent ? MARKED_NEVER : record->opaque ? MARKED_OPAQUE : MARKED_AS_FOUND;
}

static int archive_hidden(struct archiver *archiver, const struct plan_record *record, struct failure *why)
{
	struct archive *archive = &archiver->archive;
	if (archive->spec->form == ARCHIVE_PLAIN) {
		refuse(why, EINVAL, "only a layer has whiteouts", "archive", "%s", record->path);
		return blame_plan(archiver);
	}
	enum archived outcome = archive_whiteout(archive, record->name, why);
	archive->skipped += outcome == ARCHIVED_NOTHING;
	return outcome == ARCHIVE_FAILED ? -1 : 0;
}

static int archive_record(struct archiver *archiver, const struct plan_record *record, struct failure *why)
{
	struct archive *archive = &archiver->archive;
	struct stat status;
	if (record->whiteout)
		return archive_hidden(archiver, record, why);
	if (record->root >= archive->spec->root_count) {
		refuse(why, EINVAL, "the plan names a root that the request has not", "archive", "%s", record->path);
		return blame_plan(archiver);
	}
	if (open_place(archiver, record))
		return miss(archiver, record, errno, why);
	const char *leaf = record->path + path_leaf(record->path);
	OWNED_FD held = sys_openat2(archiver->place.fd, *record->path ? leaf : ".", O_PATH | O_NOFOLLOW | O_CLOEXEC, 0,
				    RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV);
	if (held < 0 || fstat(held, &status))
		return miss(archiver, record, errno, why);
	if (!*record->name && !S_ISDIR(status.st_mode)) {
		refuse(why, EINVAL, "only a directory may have no name in the archive", "archive", "%s", record->path);
		return blame_plan(archiver);
	}
	archive->marking = marking_of(record);
	enum archived outcome = archive_entry(archive, held, &status, record->name, why);
	archive->marking = MARKED_AS_FOUND;
	archive->skipped += outcome == ARCHIVED_NOTHING;
	if (outcome == ARCHIVE_HIDDEN)
		return miss(archiver, record, ENOENT, why);
	if (outcome == ARCHIVE_CLOSED && record->optional) {
		archive->skipped++;
		return 0;
	}
	if (outcome == ARCHIVE_CLOSED || outcome == ARCHIVE_FAILED)
		return -1;
	if (!record->recursive || outcome != ARCHIVED || !S_ISDIR(status.st_mode))
		return 0;
	return archive_below(archive, held, record->name, why);
}

static int archive_plan(struct archiver *archiver, struct failure *why)
{
	struct plan_record record;
	int state;
	for (;;) {
		// Before it waits for more of the plan, the client is to have what there is.
		if (!plan_is_ready(&archiver->plan) && output_flush(&archiver->output))
			return fail(why, "send", "the archive");
		state = plan_next(&archiver->plan, &record, why);
		if (state < 0)
			return why->number == EINVAL ? blame_plan(archiver) : -1;
		if (state == 0)
			return output_zeros(&archiver->output, 1024) ? fail(why, "send", "the archive") : 0;
		if (archive_record(archiver, &record, why))
			return -1;
	}
}

static int open_roots(struct archiver *archiver, struct failure *why)
{
	const struct archive_spec *spec = archiver->archive.spec;
	for (size_t i = 0; i < spec->root_count; i++) {
		archiver->roots[i] = open(spec->roots[i], O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (archiver->roots[i] < 0)
			return fail(why, "open", "%s", spec->roots[i]);
	}
	return 0;
}

static int prepare(struct archiver *archiver, struct failure *why)
{
	struct archive *archive = &archiver->archive;
	archiver->place.fd = -1;
	archiver->attributes.rootless = archive->spec->rootless;
	archive->attributes = &archiver->attributes;
	archive->output = &archiver->output;
	archive->links = links_new();
	if (!archive->links)
		return fail_with(why, ENOMEM, NULL, "archive", "%s", archive->spec->roots[0]);
	if (open_roots(archiver, why) || scan_prepare(why))
		return -1;
	return archive_confine(archiver->roots[0], archive->spec->rootless, why);
}

static void answer(struct archiver *archiver, bool failed, const struct failure *why)
{
	const struct archive *archive = &archiver->archive;
	OWNED_FRAME message = { 0 };
	frame_begin(&message, failed ? "error" : "archived");
	if (failed) {
		failure_write(&message, why);
		frame_field(&message, "stage", "%s", archiver->plan_at_fault ? "plan" : "machine");
	} else {
		frame_field(&message, "entries", "%llu", (unsigned long long)archive->entries);
		frame_field(&message, "bytes", "%llu", (unsigned long long)archive->bytes);
		frame_field(&message, "skipped", "%llu", (unsigned long long)archive->skipped);
	}
	if (!frame_end(&message))
		output_end(&archiver->output, &message);
}

// Large, and no pointer to it leaves: it ends with the process.
static struct archiver archiver;

_Noreturn void archive_serve(const struct archive_spec *spec)
{
	struct failure why = { 0 };
	signal(SIGPIPE, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	close_all_but(&spec->listener, 1);
	int client = listener_take_one(spec->listener, spec->socket, &why);
	if (client < 0)
		_exit(1);
	close(spec->listener);
	archiver.archive.spec = spec;
	archiver.plan.fd = archiver.output.fd = client;
	bool failed = prepare(&archiver, &why) || archive_plan(&archiver, &why);
	answer(&archiver, failed, &why);
	_exit(failed);
}
