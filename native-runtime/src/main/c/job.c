#define _GNU_SOURCE
#include "job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "narrow.h"
#include "owned.h"
#include "revert.h"
#include "run_lock.h"
#include "tree.h"
#include "tree_list.h"

// A list's work: as the archiver's, which walks the same trees.
enum { LIST_MEMORY = 512 << 20, LIST_FILES = 12288 };

int job_start(const struct frame *request, const char *seq, bool in_user_namespace, job_work work, struct failure *why)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC))
		return fail(why, "make pipe", "of a job");
	OWNED_FD read_end = ends[0], write_end = ends[1];
	pid_t pid = fork();
	if (pid < 0)
		return fail(why, "fork", "job");
	if (pid == 0) {
		struct job_answer answer = { write_end, seq, in_user_namespace };
		prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
		close_all_but(&write_end, 1);
		work(request, &answer);
		_exit(0);
	}
	return disown_fd(&read_end);
}

void job_answer_frame(const struct job_answer *answer, struct frame_writer *message)
{
	if (frame_end(message))
		return;
	for (size_t done = 0; done < message->used;) {
		ssize_t count = write(answer->fd, message->bytes + done, message->used - done);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return;
		done += (size_t)count;
	}
}

void job_answer_ok(const struct job_answer *answer)
{
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "ok");
	frame_field(&message, "seq", "%s", answer->seq);
	job_answer_frame(answer, &message);
}

void job_answer_error(const struct job_answer *answer, const struct failure *why)
{
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "error");
	frame_field(&message, "seq", "%s", answer->seq);
	failure_write(&message, why);
	job_answer_frame(answer, &message);
}

static const char *requested(const struct frame *request, const char *key, const struct job_answer *answer)
{
	const char *path = frame_value(request, key);
	if (path && *path == '/')
		return path;
	struct failure why = { .number = 0 };
	refuse(&why, EINVAL, "not an absolute path", frame_name(request), "%s", path ? path : "");
	job_answer_error(answer, &why);
	return NULL;
}

static void answer_tree_failure(const struct job_answer *answer, const struct tree_failure *failure)
{
	struct failure why = { .number = 0 };
	fail_with(&why, failure->error, NULL, failure->operation, "%s", failure->object);
	job_answer_error(answer, &why);
}

void work_delete(const struct frame *request, struct job_answer *answer)
{
	struct tree_failure failure;
	const char *path = requested(request, "path", answer);
	if (!path)
		return;
	struct failure why = { .number = 0 };
	OWNED_FD run = run_exclude(path, &why);
	if (run < 0 && why.number == EBUSY)
		job_answer_error(answer, &why);
	else if (tree_delete(path, &failure))
		answer_tree_failure(answer, &failure);
	else
		job_answer_ok(answer);
}

void work_usage(const struct frame *request, struct job_answer *answer)
{
	struct tree_failure failure;
	struct tree_usage usage;
	const char *path = requested(request, "path", answer);
	if (!path)
		return;
	if (tree_measure(path, &usage, &failure)) {
		answer_tree_failure(answer, &failure);
		return;
	}
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "ok");
	frame_field(&message, "seq", "%s", answer->seq);
	frame_field(&message, "bytes", "%llu", (unsigned long long)usage.bytes);
	frame_field(&message, "files", "%llu", (unsigned long long)usage.files);
	job_answer_frame(answer, &message);
}

void work_make_dir(const struct frame *request, struct job_answer *answer)
{
	struct failure why = { .number = 0 };
	const char *path = requested(request, "path", answer), *mode_text = frame_value(request, "mode");
	if (!path)
		return;
	size_t digits = mode_text ? strspn(mode_text, "01234567") : 0;
	if (digits == 0 || digits > 5 || mode_text[digits]) {
		refuse(&why, EINVAL, "not an octal mode", "make directory", "%s (mode %s)", path, mode_text ? mode_text : "");
		job_answer_error(answer, &why);
		return;
	}
	mode_t mode = (mode_t)strtoul(mode_text, NULL, 8) & 07777;
	if (mkdir(path, 0700)) {
		struct stat facts;
		int number = errno;
		if (number == EEXIST && !lstat(path, &facts) && S_ISDIR(facts.st_mode)) {
			job_answer_ok(answer);
			return;
		}
		fail_with(&why, number, NULL, "make directory", "%s", path);
		job_answer_error(answer, &why);
		return;
	}
	if (chown(path, 0, 0) || chmod(path, mode)) {
		fail(&why, "set owner and mode of directory", "%s", path);
		rmdir(path);
		job_answer_error(answer, &why);
		return;
	}
	job_answer_ok(answer);
}

static void strings_release(struct strings *strings)
{
	free(strings->items);
}

#define OWNED_STRINGS __attribute__((cleanup(strings_release))) struct strings

// All values of a key. 0 or -1.
static int read_strings(const struct frame *request, const char *key, struct strings *strings, struct failure *why)
{
	strings->items = calloc(frame_count(request, key) + 1, sizeof *strings->items);
	if (!strings->items)
		return fail_with(why, ENOMEM, NULL, frame_name(request), "%s", key);
	for (const char *value = NULL; (value = frame_value_after(request, key, value));)
		strings->items[strings->count++] = value;
	return 0;
}

static int read_lowers(const struct frame *request, struct strings *lowers, struct failure *why)
{
	if (read_strings(request, "lower", lowers, why))
		return -1;
	for (size_t i = 0; i < lowers->count; i++)
		if (*lowers->items[i] != '/')
			return refuse(why, EINVAL, "not an absolute path", frame_name(request), "%s", lowers->items[i]);
	return 0;
}

void work_list(const struct frame *request, struct job_answer *answer)
{
	struct failure why = { .number = 0 };
	struct tree_listing listing;
	OWNED_STRINGS lowers = { .count = 0 };
	const char *root = requested(request, "root", answer), *index = root ? requested(request, "index", answer) : NULL;
	if (!index)
		return;
	if (read_lowers(request, &lowers, &why) || narrow_limit(RLIMIT_AS, LIST_MEMORY, "a list", &why) ||
	    narrow_limit(RLIMIT_NOFILE, LIST_FILES, "a list", &why) ||
	    tree_list(root, index, &lowers, answer->in_user_namespace, &listing, &why)) {
		job_answer_error(answer, &why);
		return;
	}
	OWNED_FRAME message = { 0 };
	frame_begin(&message, "ok");
	frame_field(&message, "seq", "%s", answer->seq);
	frame_field(&message, "entries", "%llu", (unsigned long long)listing.entries);
	frame_field(&message, "bytes", "%llu", (unsigned long long)listing.bytes);
	frame_field(&message, "skipped", "%llu", (unsigned long long)listing.skipped);
	job_answer_frame(answer, &message);
}

// What of a container is to be reverted: where it lies, or which process sees it.
static int read_container(const struct frame *request, struct revert_spec *spec, struct failure *why)
{
	long long pid = 0, ticks = 0;
	const char *pid_text = frame_value(request, "pid");
	spec->upper = frame_value(request, "upper");
	spec->trash = frame_value(request, "trash");
	if (pid_text) {
		if (!parse_number(pid_text, 1, INT32_MAX, &pid) ||
		    !parse_number(frame_value(request, "start-ticks"), 1, INT64_MAX, &ticks))
			return refuse(why, EINVAL, "pid and start-ticks are to be numbers", "revert", "%s", pid_text);
		spec->pid = (pid_t)pid;
		spec->start_ticks = (unsigned long long)ticks;
		return 0;
	}
	if (!spec->upper || *spec->upper != '/' || !spec->trash || *spec->trash != '/')
		return refuse(why, EINVAL, "upper and trash are to be absolute paths", "revert", "%s", spec->upper ? spec->upper : "");
	return 0;
}

void work_revert(const struct frame *request, struct job_answer *answer)
{
	struct failure why = { .number = 0 };
	struct revert_spec spec = { .in_user_namespace = answer->in_user_namespace };
	OWNED_STRINGS lowers = { .count = 0 }, paths = { .count = 0 };
	int failed = read_container(request, &spec, &why) || read_lowers(request, &lowers, &why) ||
		     read_strings(request, "path", &paths, &why);
	if (!failed && !lowers.count)
		failed = refuse(&why, EINVAL, "an image has at least one layer", "revert", "%s", "files of a container");
	spec.lowers = lowers;
	spec.paths = paths;
	if (failed || revert(&spec, &why))
		job_answer_error(answer, &why);
	else
		job_answer_ok(answer);
}
