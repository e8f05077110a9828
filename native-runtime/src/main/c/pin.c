#define _GNU_SOURCE
#include "pin.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "files.h"
#include "owned.h"
#include "title.h"

enum { LOOK_SECONDS = 60, ASKED_LOOKS = 10 };

pid_t pin_living(const char *run_dir)
{
	char path[4200], text[64];
	int pid;
	unsigned long long ticks;
	snprintf(path, sizeof path, "%s/pin", run_dir);
	if (file_read(AT_FDCWD, path, text, sizeof text) < 0 || sscanf(text, "%d %llu", &pid, &ticks) != 2 || pid <= 1)
		return 0;
	return ticks != 0 && process_start_ticks(pid) == ticks ? pid : 0;
}

int pin_write(const char *run_dir, pid_t pin, struct failure *why)
{
	char text[64];
	OWNED_FD directory = open(run_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (directory < 0)
		return fail(why, "open directory", "%s", run_dir);
	int length = snprintf(text, sizeof text, "%d %llu\n", (int)pin, process_start_ticks(pin));
	return file_replace(directory, "pin", text, (size_t)length) ? fail(why, "write", "%s/pin", run_dir) : 0;
}

bool pin_maps_one_id(pid_t pid)
{
	char path[48], text[256];
	unsigned inside, outside, count;
	snprintf(path, sizeof path, "/proc/%d/uid_map", (int)pid);
	if (file_read(AT_FDCWD, path, text, sizeof text) < 0 || sscanf(text, "%u %u %u", &inside, &outside, &count) != 3)
		return false;
	return count == 1 && strchr(text, '\n') && !strchr(text, '\n')[1];
}

static int namespace_of(const char *pid, struct stat *facts)
{
	char path[300];
	snprintf(path, sizeof path, "/proc/%s/ns/user", pid);
	return stat(path, facts);
}

// One that has ended and waits to be reaped keeps its namespace's name, but lives in it no more.
static bool has_ended(const char *pid)
{
	char path[300], text[1024];
	snprintf(path, sizeof path, "/proc/%s/stat", pid);
	const char *behind = file_read(AT_FDCWD, path, text, sizeof text) < 0 ? NULL : strrchr(text, ')');
	return !behind || !strncmp(behind, ") Z", 3) || !strncmp(behind, ") X", 3);
}

bool pin_is_idle(pid_t pin)
{
	char own[16];
	struct stat wanted, facts;
	DIR *processes = opendir("/proc");
	snprintf(own, sizeof own, "%d", (int)pin);
	bool idle = processes && !namespace_of(own, &wanted);
	for (struct dirent *entry; idle && (entry = readdir(processes));)
		if (isdigit((unsigned char)entry->d_name[0]) && strcmp(entry->d_name, own) && !namespace_of(entry->d_name, &facts))
			idle = facts.st_dev != wanted.st_dev || facts.st_ino != wanted.st_ino || has_ended(entry->d_name);
	if (processes)
		closedir(processes);
	return idle;
}

void pin_begin(void)
{
	sigset_t all;
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	setsid();
	title_set("darsena-pin", "");
}

_Noreturn void pin_stay(void)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int i = 0; nothing >= 0 && i < 3; i++)
		dup2(nothing, i);
	close_all_but(NULL, 0);
	sigset_t asking;
	sigemptyset(&asking);
	sigaddset(&asking, SIGTERM);
	int quick = 0; // looks left at intervals of a second
	for (bool asked = false, was_idle = false;;) {
		const struct timespec interval = { .tv_sec = quick > 0 ? 1 : LOOK_SECONDS };
		if (sigtimedwait(&asking, NULL, &interval) == SIGTERM) {
			asked = true;
			quick = ASKED_LOOKS;
		} else if (quick > 0) {
			quick--;
		}
		bool idle = pin_is_idle(getpid());
		if (idle && (asked || was_idle))
			_exit(0);
		was_idle = idle;
	}
}
