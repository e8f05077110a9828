#define _GNU_SOURCE
#include "id_map.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files.h"
#include "owned.h"

enum { MOST_RANGES = 64, NUMBER_SIZE = 12 };

struct range {
	unsigned first, count;
};

struct ranges {
	struct range items[MOST_RANGES];
	size_t count;
};

// The account's name as /etc/passwd has it; a static program cannot ask the machine's name services.
static void own_name(uid_t uid, char *name, size_t size)
{
	OWNED_STREAM *file = fopen("/etc/passwd", "re");
	OWNED_MEMORY char *line = NULL;
	size_t capacity = 0;
	name[0] = '\0';
	while (file && getline(&line, &capacity, file) > 0) {
		char *rest = line, *account = strsep(&rest, ":");
		strsep(&rest, ":");
		const char *number = strsep(&rest, ":");
		if (number && isdigit((unsigned char)*number) && strtoul(number, NULL, 10) == uid) {
			snprintf(name, size, "%s", account);
			return;
		}
	}
	const char *user = getenv("USER");
	if (user)
		snprintf(name, size, "%s", user);
}

static void read_ranges(const char *path, const char *name, uid_t uid, struct ranges *ranges)
{
	OWNED_STREAM *file = fopen(path, "re");
	OWNED_MEMORY char *line = NULL;
	size_t capacity = 0;
	char number[NUMBER_SIZE];
	snprintf(number, sizeof number, "%u", uid);
	while (file && ranges->count < MOST_RANGES && getline(&line, &capacity, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		char *rest = line;
		const char *account = strsep(&rest, ":"), *first = strsep(&rest, ":"), *count = strsep(&rest, ":");
		long long first_number, count_number;
		if (!count || (strcmp(account, number) && (!*name || strcmp(account, name))))
			continue;
		if (parse_number(first, 1, 0xfffffffell, &first_number) && parse_number(count, 1, 0xfffffffell, &count_number))
			ranges->items[ranges->count++] = (struct range){ (unsigned)first_number, (unsigned)count_number };
	}
}

static const char *find_program(const char *const *candidates)
{
	for (; *candidates; candidates++)
		if (!access(*candidates, X_OK))
			return *candidates;
	return NULL;
}

static int run_program(char *const *arguments, char *said, size_t size)
{
	int ends[2], status = 0;
	char *const environment[] = { NULL };
	said[0] = '\0';
	if (pipe2(ends, O_CLOEXEC))
		return -1;
	OWNED_FD read_end = ends[0], write_end = ends[1];
	pid_t pid = fork();
	if (pid == 0) {
		sigset_t none;
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		dup2(write_end, STDERR_FILENO);
		execve(arguments[0], arguments, environment);
		_exit(127);
	}
	close(disown_fd(&write_end));
	if (pid < 0)
		return -1;
	size_t used = 0;
	for (ssize_t count; used < size - 1 && (count = read(read_end, said + used, size - 1 - used)) > 0;)
		used += (size_t)count;
	said[used] = '\0';
	said[strcspn(said, "\n")] = '\0';
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static int write_map(const char *program, pid_t pid, unsigned own, const struct ranges *ranges, char *reason, size_t reason_size)
{
	char numbers[1 + 3 * (MOST_RANGES + 1)][NUMBER_SIZE], said[200];
	char *arguments[3 + 3 * (MOST_RANGES + 1)] = { (char *)program };
	size_t used = 0;
	unsigned inside = 1;
	snprintf(numbers[used++], NUMBER_SIZE, "%d", (int)pid);
	snprintf(numbers[used++], NUMBER_SIZE, "0");
	snprintf(numbers[used++], NUMBER_SIZE, "%u", own);
	snprintf(numbers[used++], NUMBER_SIZE, "1");
	for (size_t i = 0; i < ranges->count; i++) {
		snprintf(numbers[used++], NUMBER_SIZE, "%u", inside);
		snprintf(numbers[used++], NUMBER_SIZE, "%u", ranges->items[i].first);
		snprintf(numbers[used++], NUMBER_SIZE, "%u", ranges->items[i].count);
		inside += ranges->items[i].count;
	}
	for (size_t i = 0; i < used; i++)
		arguments[1 + i] = numbers[i];
	if (!run_program(arguments, said, sizeof said))
		return 0;
	snprintf(reason, reason_size, "%s failed%s%s", program, said[0] ? ": " : "", said);
	return -1;
}

struct means {
	const char *uid_program, *gid_program;
	struct ranges uids, gids;
};

static int find_means(struct means *means, char *reason, size_t reason_size)
{
	static const char *const uid_programs[] = { "/usr/bin/newuidmap", "/usr/local/bin/newuidmap", "/bin/newuidmap", NULL };
	static const char *const gid_programs[] = { "/usr/bin/newgidmap", "/usr/local/bin/newgidmap", "/bin/newgidmap", NULL };
	char name[256];
	*means = (struct means){ find_program(uid_programs), find_program(gid_programs), { .count = 0 }, { .count = 0 } };
	if (!means->uid_program || !means->gid_program) {
		snprintf(reason, reason_size, "newuidmap and newgidmap are not installed");
		return -1;
	}
	own_name(geteuid(), name, sizeof name);
	read_ranges("/etc/subuid", name, geteuid(), &means->uids);
	read_ranges("/etc/subgid", name, geteuid(), &means->gids);
	if (means->uids.count && means->gids.count)
		return 0;
	snprintf(reason, reason_size, "%s has no range of subordinate ids for %s", means->uids.count ? "/etc/subgid" : "/etc/subuid",
		 *name ? name : "this user");
	return -1;
}

bool id_map_has_ranges(char *reason, size_t reason_size)
{
	struct means means;
	return !find_means(&means, reason, reason_size);
}

int id_map_write_ranges(pid_t pid, char *reason, size_t reason_size)
{
	struct means means;
	if (find_means(&means, reason, reason_size) ||
	    write_map(means.uid_program, pid, geteuid(), &means.uids, reason, reason_size))
		return -1;
	return write_map(means.gid_program, pid, getegid(), &means.gids, reason, reason_size);
}

static int write_proc(pid_t pid, const char *name, const char *text, struct failure *why)
{
	char path[48];
	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
	return file_write(AT_FDCWD, path, text, strlen(text)) ? fail(why, "write", "%s", path) : 0;
}

int id_map_write_single(pid_t pid, struct failure *why)
{
	char uid_map[32], gid_map[32];
	snprintf(uid_map, sizeof uid_map, "0 %u 1", geteuid());
	snprintf(gid_map, sizeof gid_map, "0 %u 1", getegid());
	if (write_proc(pid, "setgroups", "deny", why))
		return -1;
	return write_proc(pid, "uid_map", uid_map, why) || write_proc(pid, "gid_map", gid_map, why) ? -1 : 0;
}
