// Small files, read and written whole.
#ifndef DARSENA_FILES_H
#define DARSENA_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// As many bytes as there are, up to `size`. The count, or -1.
ssize_t read_full(int fd, char *bytes, size_t size);

// Reads at most `size - 1` bytes of a file and ends them with NUL. The count, or -1.
ssize_t file_read(int directory, const char *path, char *text, size_t size);

// One write(2) to an existing file, as /proc and cgroup files want it. 0 or -1.
int file_write(int directory, const char *path, const char *text, size_t length);

// Puts a whole file in the place of `name`: a reader sees the old or the new one, even after kill -9.
int file_replace(int directory, const char *name, const char *text, size_t length);

// Takes the disk's space for a later file_replace of up to `length` bytes, which then succeeds on a full disk too.
int file_reserve(int directory, const char *name, size_t length);

// Start time of a process in clock ticks since boot, from /proc/PID/stat; 0 when there is none.
unsigned long long process_start_ticks(pid_t pid);

// Decimal number that fills the whole text. False leaves `number` alone.
bool parse_number(const char *text, long long least, long long most, long long *number);

// Closes every descriptor from 3 on but these (`count` at most 16, in any order; negative ones are passed over). 0, or
// -1 with errno.
int close_all_but(const int *kept, size_t count);

uint64_t monotonic_ns(void);
uint64_t wall_clock_ns(void);

#endif
