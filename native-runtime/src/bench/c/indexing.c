// indexing: what listing a layer's entries costs beyond reading the layer.
//
//     indexing LAYER INDEX
//
// LAYER is a layer as it travels; INDEX a file to write the list to. For each line on standard input it reads the layer
// twice, with the extractor's own decoder and tar reader, and prints the nanoseconds of both: of going from entry to
// entry alone, and of doing so and listing each. Which comes first alternates.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "extract_path.h"
#include "files.h"
#include "index.h"
#include "owned.h"
#include "tar.h"

static const char *layer, *list;

static _Noreturn void give_up(const char *file, const char *reason)
{
	fprintf(stderr, "indexing: %s: %s\n", file, reason);
	exit(1);
}

static void no_visit(void *context, const char *path, int64_t mtime, uint32_t mtime_ns)
{
	(void)context;
	(void)path;
	(void)mtime;
	(void)mtime_ns;
}

static void add(struct index_file *index, const struct tar_entry *entry)
{
	char path[LONGEST_PATH];
	struct failure why = { 0 };
	if (path_clean(entry->path, path, &why))
		give_up(layer, why.reason);
	struct index_line line = {
		.type = (char)entry->type,
		.mode = entry->mode,
		.uid = entry->uid,
		.gid = entry->gid,
		.size = entry->size,
		.mtime = entry->mtime,
		.mtime_ns = entry->mtime_ns,
		.xattrs = entry->xattr_count > 0,
		.path = path[0] ? path : ".",
		.link = entry->link,
	};
	if (index_add(index, &line))
		give_up(list, strerror(errno));
}

static uint64_t read_layer(bool listing)
{
	const uint64_t begun = monotonic_ns();
	struct failure why = { 0 };
	struct tar_entry entry;
	OWNED_FD input = open(layer, O_RDONLY | O_CLOEXEC);
	OWNED_FD output = listing ? open(list, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
	__attribute__((cleanup(decoder_owned))) struct decoder *decoder = decoder_new(input, DECODE_AUTO);
	__attribute__((cleanup(tar_owned))) struct tar_reader *tar = tar_new(decoder);
	__attribute__((cleanup(index_owned))) struct index_file *index = listing ? index_new(output) : NULL;
	int there;
	while ((there = tar_next(tar, &entry, &why)) > 0)
		if (index)
			add(index, &entry);
	if (there < 0 || decoder_drain(decoder, &why))
		give_up(layer, why.reason);
	// The extractor reads its list once more, for the directories' times.
	if (index && (index_flush(index) || index_directories(index, no_visit, NULL)))
		give_up(list, strerror(errno));
	return monotonic_ns() - begun;
}

int main(int count, char **arguments)
{
	char line[16];
	if (count != 3) {
		fputs("usage: indexing LAYER INDEX\n", stderr);
		return 2;
	}
	layer = arguments[1];
	list = arguments[2];
	for (int run = 0; fgets(line, sizeof line, stdin); run++) {
		uint64_t took[2];
		for (int i = 0; i < 2; i++) {
			const bool listing = (run + i) % 2;
			took[listing] = read_layer(listing);
		}
		printf("%" PRIu64 " %" PRIu64 "\n", took[0], took[1]);
		fflush(stdout);
	}
	return 0;
}
