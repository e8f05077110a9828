// What ps shows of a process that was forked without exec.
#ifndef DARSENA_TITLE_H
#define DARSENA_TITLE_H

// To be called first: the words of the command line make room for titles.
void title_remember(int count, char **words);

// Names the process: its command name is `name`, its command line `name detail`.
void title_set(const char *name, const char *detail);

#endif
