#define _GNU_SOURCE
#include "device_filter.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "owned.h"

enum { ANY = -1, MOST_INSTRUCTIONS = 128 };

// What a container may do with a device beside mknod, which is always allowed: making a node gives no access to it.
static const struct rule {
	int major, minor;
} rules[] = {
	{ 1, 3 },     // null
	{ 1, 5 },     // zero
	{ 1, 7 },     // full
	{ 1, 8 },     // random
	{ 1, 9 },     // urandom
	{ 5, 0 },     // tty
	{ 5, 1 },     // console
	{ 5, 2 },     // ptmx
	{ 136, ANY }, // pts
};

struct program {
	struct bpf_insn instructions[MOST_INSTRUCTIONS];
	int count;
};

static void add(struct program *program, uint8_t code, uint8_t to, uint8_t from, int16_t offset, int32_t value)
{
	program->instructions[program->count++] =
		(struct bpf_insn){ .code = code, .dst_reg = to, .src_reg = from, .off = offset, .imm = value };
}

static void add_return(struct program *program, int value)
{
	add(program, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, value);
	add(program, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
}

static void add_load(struct program *program, uint8_t to, int16_t offset)
{
	add(program, BPF_LDX | BPF_MEM | BPF_W, to, BPF_REG_1, offset, 0);
}

// Registers: 2 type, 3 access, 4 major, 5 minor.
static void build(struct program *program)
{
	add_load(program, BPF_REG_2, offsetof(struct bpf_cgroup_dev_ctx, access_type));
	add(program, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_3, BPF_REG_2, 0, 0);
	add(program, BPF_ALU64 | BPF_AND | BPF_K, BPF_REG_2, 0, 0, 0xffff);
	add(program, BPF_ALU64 | BPF_RSH | BPF_K, BPF_REG_3, 0, 0, 16);
	add_load(program, BPF_REG_4, offsetof(struct bpf_cgroup_dev_ctx, major));
	add_load(program, BPF_REG_5, offsetof(struct bpf_cgroup_dev_ctx, minor));
	add(program, BPF_JMP | BPF_JNE | BPF_K, BPF_REG_3, 0, 2, BPF_DEVCG_ACC_MKNOD);
	add_return(program, 1);
	add(program, BPF_JMP | BPF_JEQ | BPF_K, BPF_REG_2, 0, 2, BPF_DEVCG_DEV_CHAR);
	add_return(program, 0);
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		bool any = rules[i].minor == ANY;
		add(program, BPF_JMP | BPF_JNE | BPF_K, BPF_REG_4, 0, any ? 2 : 3, rules[i].major);
		if (!any)
			add(program, BPF_JMP | BPF_JNE | BPF_K, BPF_REG_5, 0, 2, rules[i].minor);
		add_return(program, 1);
	}
	add_return(program, 0);
}

static int bpf(enum bpf_cmd command, union bpf_attr *attributes)
{
	return (int)syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

int device_filter_attach(int cgroup, struct failure *why)
{
	struct program program = { .count = 0 };
	build(&program);
	union bpf_attr load;
	memset(&load, 0, sizeof load);
	load.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
	load.insns = (uint64_t)(uintptr_t)program.instructions;
	load.insn_cnt = (uint32_t)program.count;
	load.license = (uint64_t)(uintptr_t)"Apache-2.0";
	load.expected_attach_type = BPF_CGROUP_DEVICE;
	OWNED_FD fd = bpf(BPF_PROG_LOAD, &load);
	if (fd < 0)
		return fail(why, "load device filter", "cgroup of the container");
	union bpf_attr attach;
	memset(&attach, 0, sizeof attach);
	attach.target_fd = (uint32_t)cgroup;
	attach.attach_bpf_fd = (uint32_t)fd;
	attach.attach_type = BPF_CGROUP_DEVICE;
	attach.attach_flags = BPF_F_ALLOW_MULTI;
	return bpf(BPF_PROG_ATTACH, &attach) ? fail(why, "attach device filter", "cgroup of the container") : 0;
}
