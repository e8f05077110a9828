// What a container writes comes back from the log whole, in lines, parts and files of the promised sizes.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "log.h"
#include "owned.h"

static char text[4 << 20];

static size_t content(int directory, const char *name)
{
	OWNED_FD fd = openat(directory, name, O_RDONLY | O_CLOEXEC);
	size_t used = 0;
	for (ssize_t count; fd >= 0 && (count = read(fd, text + used, sizeof text - 1 - used)) > 0;)
		used += (size_t)count;
	text[used] = '\0';
	return used;
}

static struct log log_file;
static struct log_stream stream = { .name = "stdout" };

// Writes the bytes through a pipe in pieces, as a container does, and ends the stream.
static void pour(int directory, const char *bytes, size_t length, size_t piece, long long most_size, long long most_files)
{
	struct failure why = { .number = 0 };
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) || log_open(&log_file, directory, most_size, most_files, &why))
		exit(2);
	for (size_t done = 0; done < length; done += piece) {
		size_t part = length - done < piece ? length - done : piece;
		if (write(ends[1], bytes + done, part) != (ssize_t)part)
			exit(2);
		for (size_t taken = 0; taken < part;) {
			size_t before = stream.used;
			ssize_t count = log_read(&stream, ends[0]);
			if (count <= 0)
				exit(2);
			log_take(&log_file, &stream, (size_t)count);
			taken += LOG_PART - before < part - taken ? LOG_PART - before : part - taken;
		}
	}
	close(ends[1]);
	check(log_read(&stream, ends[0]) == 0, "the end of the pipe is told");
	log_finish(&log_file, &stream);
	log_close(&log_file);
	close(ends[0]);
}

static void empty(int directory)
{
	static const char *const names[] = { "log", "log.1", "log.2", "log.3" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlinkat(directory, names[i], 0);
}

static void lines_are_timed_and_marked(int directory)
{
	pour(directory, "one\n\ntwo", 8, 3, 0, 1);
	size_t length = content(directory, "log");
	int year, nanoseconds;
	char rest[32];
	check(length > 0 && sscanf(text, "%4d-%*2d-%*2dT%*2d:%*2d:%*2d.%9dZ %31[^\n]", &year, &nanoseconds, rest) == 3 &&
		      year > 2020 && !strcmp(rest, "stdout F one"), "first line: %s", text);
	check(strstr(text, " stdout F \n") != NULL, "an empty line is a record");
	check(!strcmp(text + length - strlen(" stdout F two\n"), " stdout F two\n"), "what lacks its line feed is the last record");
	empty(directory);
}

static void a_long_line_is_cut_into_parts(int directory)
{
	static char line[2 * LOG_PART + 100];
	memset(line, 'x', sizeof line - 1);
	line[sizeof line - 1] = '\n';
	pour(directory, line, sizeof line, 4096, 0, 1);
	content(directory, "log");
	int parts = 0, full = 0;
	size_t bytes = 0;
	for (char *rest = text, *record; (record = strsep(&rest, "\n")) && *record;) {
		parts += strstr(record, " stdout P ") != NULL;
		full += strstr(record, " stdout F ") != NULL;
		bytes += strlen(strchr(record, 'x'));
	}
	check(parts == 2 && full == 1 && bytes == sizeof line - 1, "%d parts, %d full, %zu bytes", parts, full, bytes);
	empty(directory);
}

static void files_stay_below_their_size_and_the_newest_are_kept(int directory)
{
	char *lines = malloc(300000), *end = lines;
	if (!lines)
		exit(2);
	for (int i = 0; i < 20000; i++)
		end += sprintf(end, "line %d\n", i);
	pour(directory, lines, (size_t)(end - lines), 8192, 100000, 3);
	int next = 20000;
	const char *const names[] = { "log", "log.1", "log.2" };
	for (size_t i = 0; i < 3; i++) {
		size_t length = content(directory, names[i]);
		check(length > 0 && length <= 100000, "%s holds %zu bytes", names[i], length);
		int first = atoi(strstr(text, "line ") + 5), last = first - 1, before = -1;
		check(sscanf(text, "# records %d\n", &before) == 1 && before == first, "%s begins after %d records with line %d",
		      names[i], before, first);
		for (char *rest = strchr(text, '\n') + 1, *record; (record = strsep(&rest, "\n")) && *record; last++)
			check(atoi(strstr(record, "line ") + 5) == last + 1, "%s: %s after line %d", names[i], record, last);
		check(last == next - 1, "%s ends with line %d", names[i], last);
		next = first;
	}
	check(faccessat(directory, "log.3", F_OK, 0) == -1 && errno == ENOENT, "a fourth file is removed");
	free(lines);
	empty(directory);
}

static void a_new_run_appends(int directory)
{
	pour(directory, "a\n", 2, 2, 0, 1);
	pour(directory, "b\n", 2, 2, 0, 1);
	content(directory, "log");
	check(strstr(text, " a\n") && strstr(text, " b\n"), "both runs: %s", text);
	empty(directory);
}

static off_t size_of(int directory, const char *name)
{
	struct stat facts;
	return fstatat(directory, name, &facts, 0) ? -1 : facts.st_size;
}

static void a_narrower_bound_holds_from_the_next_run_on(int directory)
{
	static char lines[400000];
	for (size_t i = 0; i < sizeof lines; i += 8)
		memcpy(lines + i, "1234567\n", 8);
	pour(directory, lines, sizeof lines, 8192, 1000000, 4);
	check(size_of(directory, "log") > 300000, "the first run's log is large");
	pour(directory, "late\n", 5, 5, 100000, 2);
	check(size_of(directory, "log") <= 100000 && size_of(directory, "log.2") < 0, "the second run's is not: %lld",
	      (long long)size_of(directory, "log"));
	pour(directory, lines, 100000, 8192, 100000, 4);
	pour(directory, "late\n", 5, 5, 100000, 2);
	check(size_of(directory, "log.2") < 0 && size_of(directory, "log.3") < 0, "files beyond their number go");
	check(size_of(directory, "log") + size_of(directory, "log.1") <= 200000, "the bound holds");
	empty(directory);
}

// The numbered lines in a file, which must follow each other; how many there are.
static int numbered(int directory, const char *name, int *first)
{
	int count = 0;
	content(directory, name);
	for (char *rest = text, *record; (record = strsep(&rest, "\n")) && *record;) {
		char *line = strstr(record, "line ");
		if (!line)
			continue;
		if (count == 0)
			*first = atoi(line + 5);
		check(atoi(line + 5) == *first + count, "%s: %s in place %d", name, record, count);
		count++;
	}
	return count;
}

static void a_file_larger_than_the_new_bound_keeps_its_newest_records(int directory)
{
	static char lines[400000];
	char *end = lines;
	for (int i = 0; i < 15000; i++)
		end += sprintf(end, "line %d\n", i);
	pour(directory, lines, (size_t)(end - lines), 8192, 1000000, 3);
	check(size_of(directory, "log") > 700000, "the first run's log is large: %lld", (long long)size_of(directory, "log"));
	pour(directory, "", 0, 1, 400000, 3);
	int first = -1, before = -1;
	int kept = numbered(directory, "log", &first);
	check(kept > 5000 && first + kept == 15000, "%d lines from %d", kept, first);
	content(directory, "log");
	check(sscanf(text, "# records %d\n", &before) == 1 && before == first, "begins after %d records", before);
	check(size_of(directory, "log") <= 400000, "it is as small as the bound asks: %lld", (long long)size_of(directory, "log"));
	for (int run = 0; run < 3; run++)
		pour(directory, lines, (size_t)(end - lines), 8192, 400000, 3);
	check(size_of(directory, "log") + size_of(directory, "log.1") + size_of(directory, "log.2") <= 1200000, "the bound holds");
	check(size_of(directory, "log.cutting") < 0, "nothing half made stays");
	empty(directory);
}

static void an_old_file_larger_than_the_new_bound_is_cut_too(int directory)
{
	static char lines[400000];
	char *end = lines;
	int first = -1, newest = -1;
	for (int i = 0; i < 25000; i++)
		end += sprintf(end, "line %d\n", i);
	pour(directory, lines, (size_t)(end - lines), 8192, 600000, 4);
	check(size_of(directory, "log") < 200000 && size_of(directory, "log.2") > 500000, "three files, the newest a small one");
	pour(directory, "", 0, 1, 200000, 4);
	check(size_of(directory, "log.1") <= 200000, "the old one is cut: %lld", (long long)size_of(directory, "log.1"));
	check(size_of(directory, "log.2") < 0, "what is older than a cut goes");
	numbered(directory, "log", &newest);
	int kept = numbered(directory, "log.1", &first);
	check(kept > 0 && first + kept == newest, "%d lines from %d are followed by %d", kept, first, newest);
	empty(directory);
}

static void a_new_run_counts_on(int directory)
{
	static char lines[40000];
	for (size_t i = 0; i < sizeof lines; i += 8)
		memcpy(lines + i, "1234567\n", 8);
	for (int run = 0; run < 5; run++)
		pour(directory, lines, sizeof lines, 4096, 100000, 2);
	long long before = -1, records = 0;
	content(directory, "log");
	sscanf(text, "# records %lld\n", &before);
	for (const char *feed = strchr(text, '\n'); (feed = strchr(feed + 1, '\n'));)
		records++;
	check(before + records == 25000, "%lld before and %lld records", before, records);
	empty(directory);
}

// A rotation that cannot begin a file (here for want of a descriptor, as for want of an inode) must not cost what is there:
// the records that find no file are lost, the older ones stay, and the log goes on when there is a file again.
static void a_rotation_without_a_new_file_keeps_the_older_ones(int directory)
{
	static char lines[40000];
	struct failure why = { .number = 0 };
	struct rlimit had, none;
	char *end = lines;
	int first = -1, before = -1;
	for (int i = 0; i < 2000; i++)
		end += sprintf(end, "line %d\n", i);
	pour(directory, lines, (size_t)(end - lines), 4096, 50000, 4);
	numbered(directory, "log.1", &first);
	const int newest_kept = first + 1;
	if (getrlimit(RLIMIT_NOFILE, &had) || log_open(&log_file, directory, 50000, 4, &why))
		exit(2);
	none = (struct rlimit){ .rlim_cur = 0, .rlim_max = had.rlim_max };
	check(setrlimit(RLIMIT_NOFILE, &none) == 0, "no descriptor can be had");
	for (int i = 2000; i < 6000; i++) {
		int length = sprintf(stream.line, "line %d\n", i);
		log_take(&log_file, &stream, (size_t)length);
	}
	check(setrlimit(RLIMIT_NOFILE, &had) == 0, "they can be had again");
	check(log_file.fd < 0, "a file was needed meanwhile");
	for (int i = 6000; i < 6010; i++) {
		int length = sprintf(stream.line, "line %d\n", i);
		log_take(&log_file, &stream, (size_t)length);
	}
	log_close(&log_file);
	check(numbered(directory, "log", &first) == 10 && first == 6000, "the log goes on with line %d", first);
	content(directory, "log");
	check(sscanf(text, "# records %d\n", &before) == 1 && before == 6000, "it says that %d came before", before);
	check(numbered(directory, "log.1", &first) > 0 && first > newest_kept, "the file that was full is the next older: %d", first);
	check(numbered(directory, "log.2", &first) > 0 && first == newest_kept - 1, "those before it stay: %d", first);
	empty(directory);
}

int main(void)
{
	if (place_make("log_test"))
		return 2;
	OWNED_FD directory = open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	lines_are_timed_and_marked(directory);
	a_long_line_is_cut_into_parts(directory);
	files_stay_below_their_size_and_the_newest_are_kept(directory);
	a_new_run_appends(directory);
	a_narrower_bound_holds_from_the_next_run_on(directory);
	a_file_larger_than_the_new_bound_keeps_its_newest_records(directory);
	an_old_file_larger_than_the_new_bound_is_cut_too(directory);
	a_new_run_counts_on(directory);
	a_rotation_without_a_new_file_keeps_the_older_ones(directory);
	rmdir(place);
	return check_end("log_test");
}
