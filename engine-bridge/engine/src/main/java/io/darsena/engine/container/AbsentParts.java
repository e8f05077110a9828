package io.darsena.engine.container;

import io.darsena.bridge.container.NetworkMode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What Docker's inspect tells of things that this engine has not: empty, and shaped so that clients can read it.
final class AbsentParts {

    private static final JsonMapper MAPPER = new JsonMapper();

    private static final String HOST_CONFIG = """
            {"Binds":null,"ContainerIDFile":"","PortBindings":{},"VolumeDriver":"","VolumesFrom":null,
            "ConsoleSize":[0,0],"CapAdd":null,"CapDrop":null,"CgroupnsMode":"private","Dns":[],"DnsOptions":[],
            "DnsSearch":[],"ExtraHosts":null,"GroupAdd":null,"IpcMode":"private","Cgroup":"","Links":null,"PidMode":"",
            "PublishAllPorts":false,"SecurityOpt":null,"UTSMode":"","UsernsMode":"","Runtime":"darsena-runtime",
            "Isolation":"","CpuShares":0,"CgroupParent":"","BlkioWeight":0,"BlkioWeightDevice":[],
            "BlkioDeviceReadBps":[],"BlkioDeviceWriteBps":[],"BlkioDeviceReadIOps":[],"BlkioDeviceWriteIOps":[],
            "CpuPeriod":0,"CpuQuota":0,"CpuRealtimePeriod":0,"CpuRealtimeRuntime":0,"CpusetCpus":"","CpusetMems":"",
            "Devices":[],"DeviceCgroupRules":null,"DeviceRequests":null,"MemoryReservation":0,"MemorySwappiness":null,
            "OomKillDisable":false,"Ulimits":[],"Init":false}
            """;

    private static final String CONFIG = """
            {"Domainname":"","AttachStdin":false,"AttachStdout":false,"AttachStderr":false,"StdinOnce":false,
            "Volumes":null,"OnBuild":null}
            """;

    private static final String ENDPOINT = """
            {"IPAMConfig":null,"Links":null,"Aliases":null,"DriverOpts":null,"GwPriority":0,"NetworkID":"",
            "EndpointID":"","Gateway":"","IPAddress":"","MacAddress":"","IPPrefixLen":0,"IPv6Gateway":"",
            "GlobalIPv6Address":"","GlobalIPv6PrefixLen":0,"DNSNames":null}
            """;

    private static final String NETWORK = """
            {"Bridge":"","SandboxID":"","SandboxKey":"","Ports":{},"HairpinMode":false,"LinkLocalIPv6Address":"",
            "LinkLocalIPv6PrefixLen":0,"SecondaryIPAddresses":null,"SecondaryIPv6Addresses":null,"EndpointID":"",
            "Gateway":"","GlobalIPv6Address":"","GlobalIPv6PrefixLen":0,"IPAddress":"","IPPrefixLen":0,
            "IPv6Gateway":"","MacAddress":""}
            """;

    private AbsentParts() {}

    static ObjectNode hostConfig() {
        return object(HOST_CONFIG);
    }

    static ObjectNode config() {
        return object(CONFIG);
    }

    /// In the one network there is, without an address of its own.
    static ObjectNode networkSettings(NetworkMode mode) {
        ObjectNode settings = object(NETWORK);
        settings.putObject("Networks").set(mode.word(), object(ENDPOINT));
        return settings;
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) MAPPER.readTree(json);
    }
}
