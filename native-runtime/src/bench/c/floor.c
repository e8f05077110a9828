// floor: what the kernel itself takes to start a container and see it end, so that ours can be told as a ratio.
//
//     floor LOWER SCRATCH FILTER [GROUP...]
//
// LOWER is a directory with a busybox `true` in bin; SCRATCH an empty directory to work in; FILTER a compiled seccomp
// filter (an array of struct sock_filter); each GROUP a cgroup directory below which one is made for every run: of v1
// by writing to cgroup.procs, of v2 by CLONE_INTO_CGROUP. For each line on standard input it does one run and prints
// the nanoseconds from before the first mkdir to the return of waitid; what is cleared away behind that is not counted.
//
// One run is what no container start can leave out: directories, cgroups, clone3 into new pid, mount, net, uts, ipc and
// cgroup namespaces, overlay, /proc, /dev, /sys, pivot_root, masked and read-only paths, loopback, host name,
// capabilities, seccomp, exec. There is no monitor, no log, no record of anything, and no error handling but giving up.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/if.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define KEPT_CAPABILITIES 0xa80425fbULL
#define CGROUP2_MAGIC 0x63677270
#define GROUPS 32
// From fcntl.h's and sys/mount.h's newer relatives, which do not go along with linux/mount.h.
#define RECURSIVE 0x8000
#define DETACH 2
#define MAKE_PRIVATE (1 << 18 | 1 << 14)

struct group {
	const char *parent;
	char path[4096];
	bool unified;
};

static struct group groups[GROUPS];
static int group_count;
static const char *lower, *scratch;
static char upper[4096], work[4096], root[4096];
static struct sock_fprog filter;

static void die(const char *what)
{
	fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
	_exit(9);
}

static long must(long result, const char *what)
{
	if (result < 0)
		die(what);
	return result;
}

static uint64_t now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

// Settings come in pairs up to a NULL name; one without a value is a flag.
static int filesystem(const char *type, const char *const *settings, unsigned attributes)
{
	int context = (int)must(syscall(SYS_fsopen, type, FSOPEN_CLOEXEC), type);
	for (; settings && *settings; settings += 2)
		must(syscall(SYS_fsconfig, context, settings[1] ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG, settings[0],
			     settings[1], 0),
		     settings[0]);
	must(syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0), type);
	int mount = (int)must(syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, attributes), type);
	close(context);
	return mount;
}

static void attach(int mount, const char *target)
{
	must(syscall(SYS_move_mount, mount, "", AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH), target);
	close(mount);
}

static void mount_root(void)
{
	const char *settings[] = { "source", "overlay", "lowerdir", lower, "upperdir", upper, "workdir", work, NULL };
	int mount = filesystem("overlay", settings, 0);
	must(syscall(SYS_move_mount, mount, "", AT_FDCWD, root, MOVE_MOUNT_F_EMPTY_PATH), root);
	must(fchdir(mount), root);
	close(mount);
}

static void mount_devices(void)
{
	static const struct { const char *name; unsigned major, minor; } devices[] = {
		{ "null", 1, 3 }, { "zero", 1, 5 }, { "full", 1, 7 }, { "random", 1, 8 }, { "urandom", 1, 9 }, { "tty", 5, 0 },
	};
	static const char *const links[][2] = {
		{ "/proc/self/fd", "fd" }, { "/proc/self/fd/0", "stdin" }, { "/proc/self/fd/1", "stdout" },
		{ "/proc/self/fd/2", "stderr" }, { "pts/ptmx", "ptmx" },
	};
	const char *dev[] = { "mode", "755", "size", "65536k", NULL };
	const char *pts[] = { "newinstance", NULL, "ptmxmode", "0666", "mode", "0620", "gid", "5", NULL };
	const char *shm[] = { "mode", "1777", "size", "65536k", NULL };
	int directory = filesystem("tmpfs", dev, MOUNT_ATTR_NOSUID);

	must(syscall(SYS_move_mount, directory, "", AT_FDCWD, "dev", MOVE_MOUNT_F_EMPTY_PATH), "dev");
	for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
		must(mknodat(directory, devices[i].name, S_IFCHR | 0666, makedev(devices[i].major, devices[i].minor)),
		     devices[i].name);
	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		must(symlinkat(links[i][0], directory, links[i][1]), links[i][1]);
	must(mkdirat(directory, "pts", 0755), "pts");
	must(mkdirat(directory, "shm", 01777), "shm");
	must(mkdirat(directory, "mqueue", 0755), "mqueue");
	close(directory);
	attach(filesystem("devpts", pts, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC), "dev/pts");
	attach(filesystem("tmpfs", shm, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC), "dev/shm");
	attach(filesystem("mqueue", NULL, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC), "dev/mqueue");
}

static void mount_filesystems(void)
{
	unsigned strict = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

	attach(filesystem("proc", NULL, strict), "proc");
	mount_devices();
	attach(filesystem("sysfs", NULL, strict | MOUNT_ATTR_RDONLY), "sys");
}

static void clone_mount(const char *source, const char *target, bool read_only)
{
	int mount = (int)syscall(SYS_open_tree, AT_FDCWD, source, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | RECURSIVE);
	if (mount < 0)
		return;
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY };
	if (read_only)
		must(syscall(SYS_mount_setattr, mount, "", AT_EMPTY_PATH | RECURSIVE, &attributes, sizeof attributes),
		     target);
	attach(mount, target);
}

static void restrict_paths(void)
{
	static const char *const files[] = { "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
					     "/proc/sched_debug", "/proc/timer_list", "/proc/timer_stats" };
	static const char *const directories[] = { "/proc/acpi", "/proc/asound", "/proc/scsi",
						   "/sys/devices/virtual/powercap", "/sys/firmware" };
	static const char *const read_only[] = { "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys",
						 "/proc/sysrq-trigger" };

	for (size_t i = 0; i < sizeof read_only / sizeof *read_only; i++)
		clone_mount(read_only[i], read_only[i], true);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (!access(files[i], F_OK))
			clone_mount("/dev/null", files[i], false);
	for (size_t i = 0; i < sizeof directories / sizeof *directories; i++)
		if (!access(directories[i], F_OK))
			attach(filesystem("tmpfs", NULL, MOUNT_ATTR_RDONLY), directories[i]);
}

static void raise_loopback(void)
{
	struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int control = (int)must(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
	must(ioctl(control, SIOCSIFFLAGS, &request), "lo");
	close(control);
}

static void confine(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2] = { { .effective = (uint32_t)KEPT_CAPABILITIES,
						    .permitted = (uint32_t)KEPT_CAPABILITIES } };

	for (int capability = 0; capability <= CAP_LAST_CAP; capability++)
		if (!(KEPT_CAPABILITIES >> capability & 1))
			prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
	must(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter), "seccomp");
	// What this process has not itself cannot be kept.
	struct __user_cap_data_struct own[2];
	must(syscall(SYS_capget, &header, own), "capget");
	data[0].effective &= own[0].permitted;
	data[0].permitted &= own[0].permitted;
	must(syscall(SYS_capset, &header, data), "capset");
}

static _Noreturn void first_process(int placed)
{
	char *const arguments[] = { "true", NULL };
	char *const environment[] = { "PATH=/bin", NULL };
	char byte;

	if (read(placed, &byte, 1) < 0)
		die("read");
	umask(0);
	must(syscall(SYS_mount, NULL, "/", NULL, MAKE_PRIVATE, NULL), "/");
	mount_root();
	mount_filesystems();
	must(syscall(SYS_pivot_root, ".", "."), "pivot_root");
	must(syscall(SYS_umount2, ".", DETACH), "umount");
	must(chdir("/"), "chdir");
	restrict_paths();
	raise_loopback();
	must(sethostname("floor", 5), "sethostname");
	confine();
	syscall(SYS_close_range, 3, ~0U, 0);
	execve("/bin/true", arguments, environment);
	die("exec /bin/true");
	_exit(9);
}

static void write_number(const char *directory, const char *name, long number)
{
	char path[4200], text[24];
	snprintf(path, sizeof path, "%s/%s", directory, name);
	int file = (int)must(open(path, O_WRONLY | O_CLOEXEC), path);
	must(write(file, text, (size_t)snprintf(text, sizeof text, "%ld", number)), path);
	close(file);
}

static int make_groups(int run)
{
	int unified = -1;
	for (int i = 0; i < group_count; i++) {
		snprintf(groups[i].path, sizeof groups[i].path, "%s/floor-%d-%d", groups[i].parent, getpid(), run);
		must(mkdir(groups[i].path, 0755), groups[i].path);
		if (groups[i].unified)
			unified = (int)must(open(groups[i].path, O_PATH | O_DIRECTORY | O_CLOEXEC), groups[i].path);
	}
	return unified;
}

static void remove_groups(void)
{
	for (int i = 0; i < group_count; i++)
		for (int attempt = 0; rmdir(groups[i].path) && attempt < 2000; attempt++)
			usleep(100);
}

static void remove_scratch(void)
{
	char inner[4200];
	snprintf(inner, sizeof inner, "%s/work", work);
	rmdir(inner);
	must(rmdir(work), work);
	must(rmdir(upper), upper);
}

static uint64_t run_once(int run)
{
	uint64_t begun = now();
	int pidfd = -1, placed[2];
	must(mkdir(upper, 0755), upper);
	must(mkdir(work, 0755), work);
	int unified = make_groups(run);
	must(pipe2(placed, O_CLOEXEC), "pipe");
	struct clone_args request = {
		.flags = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP | CLONE_PIDFD,
		.pidfd = (uint64_t)(uintptr_t)&pidfd,
		.exit_signal = SIGCHLD,
	};
	if (unified >= 0) {
		request.flags |= CLONE_INTO_CGROUP;
		request.cgroup = (uint64_t)unified;
	}
	pid_t pid = (pid_t)must(syscall(SYS_clone3, &request, sizeof request), "clone3");
	if (pid == 0) {
		close(placed[1]);
		first_process(placed[0]);
	}
	for (int i = 0; i < group_count; i++)
		if (!groups[i].unified)
			write_number(groups[i].path, "cgroup.procs", pid);
	close(placed[0]);
	close(placed[1]);
	siginfo_t end = { 0 };
	must(waitid((idtype_t)P_PIDFD, (id_t)pidfd, &end, WEXITED), "waitid");
	uint64_t took = now() - begun;
	if (end.si_code != CLD_EXITED || end.si_status != 0) {
		fprintf(stderr, "floor: a run ended with code %d, status %d\n", end.si_code, end.si_status);
		exit(1);
	}
	close(pidfd);
	if (unified >= 0)
		close(unified);
	remove_groups();
	remove_scratch();
	return took;
}

static void read_filter(const char *path)
{
	struct stat about;
	int file = (int)must(open(path, O_RDONLY | O_CLOEXEC), path);
	must(fstat(file, &about), path);
	filter.filter = malloc((size_t)about.st_size);
	if (!filter.filter || read(file, filter.filter, (size_t)about.st_size) != about.st_size)
		die(path);
	filter.len = (unsigned short)((size_t)about.st_size / sizeof *filter.filter);
	close(file);
}

static void add_group(const char *parent)
{
	struct statfs about;
	if (group_count == GROUPS) {
		fputs("floor: too many cgroups\n", stderr);
		exit(2);
	}
	must(statfs(parent, &about), parent);
	groups[group_count++] = (struct group){ .parent = parent, .unified = about.f_type == CGROUP2_MAGIC };
}

int main(int count, char **arguments)
{
	char line[16];
	if (count < 4) {
		fputs("usage: floor LOWER SCRATCH FILTER [GROUP...]\n", stderr);
		return 2;
	}
	lower = arguments[1];
	scratch = arguments[2];
	snprintf(upper, sizeof upper, "%s/upper", scratch);
	snprintf(work, sizeof work, "%s/work", scratch);
	snprintf(root, sizeof root, "%s/root", scratch);
	must(mkdir(root, 0755), root);
	read_filter(arguments[3]);
	for (int i = 4; i < count; i++)
		add_group(arguments[i]);
	for (int run = 0; fgets(line, sizeof line, stdin); run++) {
		printf("%llu\n", (unsigned long long)run_once(run));
		fflush(stdout);
	}
	return 0;
}
