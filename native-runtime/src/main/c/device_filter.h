// Docker's default device rules as an eBPF program on a version 2 cgroup.
#ifndef DARSENA_DEVICE_FILTER_H
#define DARSENA_DEVICE_FILTER_H

#include "error.h"

int device_filter_attach(int cgroup, struct failure *why);

#endif
