package io.darsena.docker.wire;

import io.darsena.bridge.container.KernelPaths;
import io.darsena.bridge.error.InvalidRequestException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Parts of `ContainerCreate` that this engine cannot do. Each is refused by name unless it says what holds here
/// anyway: nothing, or one of the values named.
final class UnsupportedParts {

    /// What clients send where they want nothing.
    private static final Set<String> NOTHING = Set.of("0", "-1", "false");

    /// @param nothing values that ask for nothing
    /// @param fitting values that say what holds here anyway
    private record Part(String field, String called, Set<String> nothing, Set<String> fitting) {

        static Part of(String field, String called, String... fitting) {
            return new Part(field, called, NOTHING, Set.of(fitting));
        }

        /// Of which other numbers say something.
        static Part unlessIs(String nothing, String field, String called) {
            return new Part(field, called, Set.of(nothing), Set.of());
        }

        boolean isAskedOf(Fields fields) {
            JsonNode value = fields.get(field);
            if (value.isMissingNode() || value.isNull()) {
                return false;
            }
            if (value.isContainer()) {
                return !value.isEmpty();
            }
            return !isNothing(value) && !fitting.contains(value.asString());
        }

        private boolean isNothing(JsonNode value) {
            return value.isString() ? value.stringValue().isEmpty() : nothing.contains(value.asString());
        }
    }

    private static final Set<String> NETWORKS = Set.of("default", "bridge", "none", "host");

    private static final List<Part> ENDPOINT = List.of(
            Part.of("Links", "--link"),
            Part.of("Aliases", "another name in a network (--network-alias)"),
            Part.of("MacAddress", "a MAC address (--mac-address)"),
            Part.of("DriverOpts", "options of a network's driver (--network driver-opt)"),
            Part.of("GwPriority", "a network's priority (--network gw-priority)"));

    private static final List<Part> ADDRESSES = List.of(
            Part.of("IPv4Address", "an address (--ip)"),
            Part.of("IPv6Address", "an address (--ip6)"),
            Part.of("LinkLocalIPs", "an address (--link-local-ip)"));

    private static final List<Part> BODY = List.of(
            Part.of("Tty", "a terminal (--tty)"),
            Part.of("OpenStdin", "standard input (--interactive)"),
            Part.of("Volumes", "mounts and volumes (--volume, --mount)"),
            Part.of("Domainname", "a domain name (--domainname)"),
            Part.of("MacAddress", "a MAC address (--mac-address)"),
            Part.of("NetworkDisabled", "a disabled network"));

    private static final List<Part> HOST = List.of(
            Part.of("Privileged", "--privileged"),
            Part.of("Binds", "mounts and volumes (--volume, --mount)"),
            Part.of("Mounts", "mounts and volumes (--volume, --mount)"),
            Part.of("VolumesFrom", "--volumes-from"),
            Part.of("VolumeDriver", "--volume-driver"),
            Part.of("Tmpfs", "--tmpfs"),
            Part.of("PortBindings", "published ports (--publish)"),
            Part.of("PublishAllPorts", "published ports (--publish-all)"),
            Part.of("NetworkMode", "this network (--network)", NETWORKS.toArray(String[]::new)),
            Part.of("Links", "--link"),
            Part.of("Dns", "--dns"),
            Part.of("DnsOptions", "--dns-option"),
            Part.of("DnsSearch", "--dns-search"),
            Part.of("ExtraHosts", "--add-host"),
            Part.of("CapAdd", "changed capabilities (--cap-add)"),
            Part.of("CapDrop", "changed capabilities (--cap-drop)"),
            Part.of("SecurityOpt", "security options (--security-opt)"),
            Part.of("Devices", "devices (--device)"),
            Part.of("DeviceCgroupRules", "--device-cgroup-rule"),
            Part.of("DeviceRequests", "devices (--gpus)"),
            Part.of("PidMode", "--pid"),
            Part.of("IpcMode", "--ipc", "private", "shareable"),
            Part.of("UTSMode", "--uts"),
            Part.of("UsernsMode", "--userns"),
            Part.of("CgroupnsMode", "--cgroupns", "private"),
            Part.of("Cgroup", "the cgroup of another container"),
            Part.of("CgroupParent", "--cgroup-parent"),
            Part.of("Isolation", "--isolation", "default"),
            Part.of("Runtime", "another runtime (--runtime)", "darsena-runtime"),
            Part.of("Init", "--init"),
            Part.of("GroupAdd", "--group-add"),
            Part.of("Sysctls", "--sysctl"),
            Part.of("Ulimits", "--ulimit"),
            Part.of("ShmSize", "--shm-size", "67108864"),
            Part.of("StorageOpt", "--storage-opt"),
            Part.of("Annotations", "--annotation"),
            Part.unlessIs("0", "OomScoreAdj", "--oom-score-adj"),
            Part.of("OomKillDisable", "--oom-kill-disable"),
            Part.of("CpuShares", "--cpu-shares"),
            Part.of("CpuRealtimePeriod", "--cpu-rt-period"),
            Part.of("CpuRealtimeRuntime", "--cpu-rt-runtime"),
            Part.of("CpusetCpus", "--cpuset-cpus"),
            Part.of("CpusetMems", "--cpuset-mems"),
            Part.of("BlkioWeight", "--blkio-weight"),
            Part.of("BlkioWeightDevice", "--blkio-weight-device"),
            Part.of("BlkioDeviceReadBps", "--device-read-bps"),
            Part.of("BlkioDeviceWriteBps", "--device-write-bps"),
            Part.of("BlkioDeviceReadIOps", "--device-read-iops"),
            Part.of("BlkioDeviceWriteIOps", "--device-write-iops"),
            Part.of("MemoryReservation", "--memory-reservation"),
            Part.unlessIs("-1", "MemorySwappiness", "--memory-swappiness"),
            Part.of("KernelMemory", "--kernel-memory"),
            Part.of("KernelMemoryTCP", "a limit of TCP buffers"));

    private UnsupportedParts() {}

    static void refuse(Fields body, Fields host) {
        refuse(body, BODY);
        refuse(host, HOST);
        refuseHealthCheck(body.object("Healthcheck"));
        refuseEndpoints(body.object("NetworkingConfig").object("EndpointsConfig"));
        refuse(host.object("RestartPolicy"), List.of(Part.of("Name", "this restart policy (--restart)", "no")));
        Fields log = host.object("LogConfig");
        refuse(log, List.of(Part.of("Type", "this log driver (--log-driver)", "json-file", "local")));
        refusePaths(host, "MaskedPaths", "masked", KernelPaths::masksAsWanted);
        refusePaths(host, "ReadonlyPaths", "read-only", KernelPaths::protectsAsWanted);
    }

    /// Who makes a container anew as another one is sends the lists that this one has.
    private static void refusePaths(Fields host, String field, String called, Predicate<List<String>> holdsAnyway) {
        if (host.get(field).isArray() && !holdsAnyway.test(host.texts(field))) {
            throw refusal("another list of " + called + " paths");
        }
    }

    /// None is what there is: `--no-healthcheck` asks for nothing else.
    private static void refuseHealthCheck(Fields check) {
        JsonNode test = check.get("Test");
        boolean none = test.size() == 1 && test.path(0).asString("").equals("NONE");
        if (!none && !check.node().isEmpty()) {
            throw refusal("a health check (--health-cmd)");
        }
    }

    private static void refuseEndpoints(Fields endpoints) {
        for (String network : endpoints.node().propertyNames()) {
            if (!NETWORKS.contains(network)) {
                throw refusal("this network (--network)");
            }
            Fields endpoint = endpoints.object(network);
            refuse(endpoint, ENDPOINT);
            refuse(endpoint.object("IPAMConfig"), ADDRESSES);
        }
    }

    private static void refuse(Fields fields, List<Part> parts) {
        for (Part part : parts) {
            if (part.isAskedOf(fields)) {
                throw refusal(part.called());
            }
        }
    }

    private static InvalidRequestException refusal(String called) {
        return new InvalidRequestException(
                "create", "container", called + " is not supported by this version of Darsena", "leave it out");
    }
}
