// The files by which an engine finds a monitor and its container's end again.
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "monitor.h"

struct text {
	char bytes[4096];
	size_t used;
};

// Fields are one a line: a line feed in a value becomes a space.
__attribute__((format(printf, 3, 4)))
static void add(struct text *text, const char *key, const char *format, ...)
{
	char value[1024];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(value, sizeof value, format, arguments);
	va_end(arguments);
	for (char *feed; (feed = strchr(value, '\n'));)
		*feed = ' ';
	int length = snprintf(text->bytes + text->used, sizeof text->bytes - text->used, "%s=%s\n", key, value);
	if (length > 0 && (size_t)length < sizeof text->bytes - text->used)
		text->used += (size_t)length;
}

bool monitor_step(const struct monitor *monitor, size_t index, char text[static STEP_TEXT])
{
	const struct progress *progress = monitor->progress;
	const uint64_t *entered = progress->entered_ns;
	const struct {
		const char *name;
		uint64_t from, to;
		enum stage stage;
	} steps[] = {
		{ "monitor", monitor->begun_ns, monitor->born_ns, STAGE_MONITOR },
		{ "namespaces", monitor->born_ns, entered[STAGE_OVERLAY], STAGE_NAMESPACES },
		{ "overlay", entered[STAGE_OVERLAY], entered[STAGE_FILESYSTEMS], STAGE_OVERLAY },
		{ "filesystems", entered[STAGE_FILESYSTEMS], entered[STAGE_CONFINEMENT], STAGE_FILESYSTEMS },
		{ "confinement", entered[STAGE_CONFINEMENT], entered[STAGE_COMMAND], STAGE_CONFINEMENT },
		{ "exec", entered[STAGE_COMMAND], monitor->executed_ns, STAGE_COMMAND },
	};
	if (index >= sizeof steps / sizeof *steps)
		return false;
	const uint64_t from = steps[index].from, to = steps[index].to;
	snprintf(text, STEP_TEXT, "%s:%llu:%s", steps[index].name, (unsigned long long)(to > from ? to - from : 0),
		 progress->detail[steps[index].stage]);
	return true;
}

int record_monitor(const struct monitor *monitor, struct failure *why)
{
	struct text text = { .used = 0 };
	add(&text, "version", "1");
	add(&text, "pid", "%d", (int)getpid());
	add(&text, "start-ticks", "%llu", process_start_ticks(getpid()));
	add(&text, "id", "%s", monitor->id);
	add(&text, "run", "%lld", monitor->run);
	if (file_replace(monitor->run_dir, "monitor", text.bytes, text.used))
		return fail(why, "write", "monitor in the run directory");
	// The end of a run shall be known also when the disk is full by then. On a disk that is full now, it starts all
	// the same.
	file_reserve(monitor->state_dir, "exit", sizeof text.bytes);
	return 0;
}

int record_end(const struct monitor *monitor)
{
	struct text text = { .used = 0 };
	const struct failure *failure = &monitor->progress->failure;
	bool failed = monitor->state == MONITOR_FAILED;
	add(&text, "run", "%lld", monitor->run);
	add(&text, "code", "%d", monitor->code);
	add(&text, "signal", "%d", monitor->signal);
	add(&text, "started-ns", "%llu", (unsigned long long)monitor->started_ns);
	add(&text, "exited-ns", "%llu", (unsigned long long)monitor->exited_ns);
	add(&text, "failed", "%d", failed);
	char step[STEP_TEXT];
	for (size_t i = 0; !failed && monitor_step(monitor, i, step); i++)
		add(&text, "step", "%s", step);
	if (failed) {
		add(&text, "stage", "%s", stage_name(failure->stage));
		add(&text, "operation", "%s", failure->operation);
		add(&text, "object", "%s", failure->object);
		add(&text, "errno", "%d", failure->number);
		add(&text, "reason", "%s", failure->reason);
		add(&text, "hint", "%s", failure->hint);
	}
	return file_replace(monitor->state_dir, "exit", text.bytes, text.used);
}

void record_remove_names(const struct monitor *monitor)
{
	unlinkat(monitor->run_dir, "monitor.sock", 0);
	unlinkat(monitor->run_dir, "monitor", 0);
}
