// Work that a child of the host does while the host goes on: its one answer comes through a pipe.
#ifndef DARSENA_JOB_H
#define DARSENA_JOB_H

#include <stdbool.h>
#include <sys/types.h>

#include "error.h"

struct job_answer {
	int fd; // the pipe's write end
	const char *seq;
	bool in_user_namespace; // where the work is done
};

typedef void (*job_work)(const struct frame *request, struct job_answer *answer);

// Forks a child that does the work and answers. The pipe's read end, or -1. The child dies with the host.
int job_start(const struct frame *request, const char *seq, bool in_user_namespace, job_work work, struct failure *why);

void job_answer_ok(const struct job_answer *answer);
void job_answer_error(const struct job_answer *answer, const struct failure *why);
// An answer that the work has written itself.
void job_answer_frame(const struct job_answer *answer, struct frame_writer *message);

// The works: `delete`, `usage`, `make-dir`, `list`, `revert`.
void work_delete(const struct frame *request, struct job_answer *answer);
void work_usage(const struct frame *request, struct job_answer *answer);
void work_make_dir(const struct frame *request, struct job_answer *answer);
void work_list(const struct frame *request, struct job_answer *answer);
void work_revert(const struct frame *request, struct job_answer *answer);

#endif
