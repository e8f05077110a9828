package io.darsena.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.error.InvalidRequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateRequestTest {

    /// What `docker create` of version 28 sends when nothing is asked for.
    private static final String PLAIN = """
            {"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":true,"AttachStderr":true,
            "Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":["true"],"Image":"busybox","Volumes":{},
            "WorkingDir":"","Entrypoint":null,"Labels":{},"HostConfig":{"Binds":null,"ContainerIDFile":"",
            "LogConfig":{"Type":"","Config":{}},"NetworkMode":"default","PortBindings":{},
            "RestartPolicy":{"Name":"no","MaximumRetryCount":0},"AutoRemove":false,"VolumeDriver":"",
            "VolumesFrom":null,"ConsoleSize":[0,0],"CapAdd":null,"CapDrop":null,"CgroupnsMode":"","Dns":[],
            "DnsOptions":[],"DnsSearch":[],"ExtraHosts":null,"GroupAdd":null,"IpcMode":"","Cgroup":"","Links":null,
            "OomScoreAdj":0,"PidMode":"","Privileged":false,"PublishAllPorts":false,"ReadonlyRootfs":false,
            "SecurityOpt":null,"UTSMode":"","UsernsMode":"","ShmSize":0,"Isolation":"","CpuShares":0,"Memory":0,
            "NanoCpus":0,"CgroupParent":"","BlkioWeight":0,"BlkioWeightDevice":[],"CpuPeriod":0,"CpuQuota":0,
            "CpusetCpus":"","CpusetMems":"","Devices":[],"DeviceCgroupRules":null,"DeviceRequests":null,
            "MemoryReservation":0,"MemorySwap":0,"MemorySwappiness":-1,"OomKillDisable":false,"PidsLimit":0,
            "Ulimits":[],"MaskedPaths":null,"ReadonlyPaths":null},
            "NetworkingConfig":{"EndpointsConfig":{"default":{}}}}
            """;

    private static ContainerSpec read(String json) {
        return new CreateRequest(Json.read(json)).spec(Optional.empty());
    }

    @Test
    void whatDockerSendsByItselfIsTaken() {
        assertThat(read(PLAIN)).isEqualTo(ContainerSpec.of("busybox").withCommand(List.of("true")));
    }

    @Test
    void whatIsAskedForIsRead() {
        ContainerSpec spec = read("""
                {"Image":"busybox","Cmd":"true","Env":["A=b"],"Labels":{"x":"y"},"StopTimeout":3,
                "HostConfig":{"Memory":10000000,"NanoCpus":500000000,"PidsLimit":7,"AutoRemove":true}}
                """);

        assertThat(spec.command()).contains(List.of("true"));
        assertThat(spec.environment()).containsExactly("A=b");
        assertThat(spec.labels()).isEqualTo(Map.of("x", "y"));
        assertThat(spec.limits().memory()).hasValue(10_000_000);
        assertThat(spec.limits().cpus()).hasValue(0.5);
        assertThat(spec.limits().processes()).hasValue(7);
        assertThat(spec.autoRemove()).isTrue();
    }

    @Test
    void oneEmptyWordIsNoEntrypoint() {
        assertThat(read("{\"Image\":\"busybox\",\"Entrypoint\":[\"\"]}").entrypoint())
                .contains(List.of());
        assertThat(read("{\"Image\":\"busybox\",\"Entrypoint\":[\"\",\"a\"]}").entrypoint())
                .contains(List.of("", "a"));
        assertThat(read(PLAIN).entrypoint()).isEmpty();
    }

    @Test
    void aVariableWithoutAValueIsTaken() {
        assertThat(read("{\"Image\":\"busybox\",\"Env\":[\"A\",\"B=\"]}").environment())
                .containsExactly("A", "B=");
        assertThatThrownBy(() -> read("{\"Image\":\"busybox\",\"Env\":[\"=b\"]}"))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void unlimitedSwapIsNotTwiceTheMemory() {
        ResourceLimits limits = read("{\"Image\":\"busybox\",\"HostConfig\":{\"Memory\":10000000,\"MemorySwap\":-1}}")
                .limits();
        assertThat(limits.hasUnlimitedSwap()).isTrue();
        assertThat(read("{\"Image\":\"busybox\",\"HostConfig\":{\"MemorySwap\":-1}}")
                        .limits())
                .isEqualTo(ResourceLimits.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"MemorySwappiness\":0 | --memory-swappiness",
                "\"OomScoreAdj\":-1 | --oom-score-adj",
                "\"Annotations\":{\"a\":\"b\"} | --annotation",
                "\"NanoCpus\":1000000000,\"CpuQuota\":50000 | conflicting options",
                "\"NanoCpus\":1000000000,\"CpuPeriod\":50000 | conflicting options",
                "\"MaskedPaths\":[] | masked paths",
                "\"ReadonlyPaths\":[\"/proc/sys\"] | read-only paths",
                "\"MaskedPaths\":[\"/proc/kcore\"] | masked paths",
            })
    void whatWouldBePassedOverIsRefused(String given, String called) {
        assertThatThrownBy(() -> read("{\"Image\":\"busybox\",\"HostConfig\":{" + given + "}}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(called);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"MemorySwappiness\":-1",
                "\"MemorySwappiness\":null",
                "\"OomScoreAdj\":0",
                "\"Annotations\":{}",
                "\"NanoCpus\":1000000000,\"CpuQuota\":0,\"CpuPeriod\":0",
                "\"MaskedPaths\":null",
            })
    void whatAsksForNothingIsTaken(String given) {
        assertThat(read("{\"Image\":\"busybox\",\"HostConfig\":{" + given + "}}")
                        .image())
                .isEqualTo("busybox");
    }

    /// Docker 20.10 had fewer than there are today.
    @Test
    void listsOfPathsThatHoldAnywayAreTaken() {
        String old = "[\"/proc/asound\",\"/proc/acpi\",\"/proc/kcore\",\"/proc/keys\",\"/proc/latency_stats\","
                + "\"/proc/timer_list\",\"/proc/timer_stats\",\"/proc/sched_debug\",\"/proc/scsi\",\"/sys/firmware\"]";
        String heat = old.replace("]", ",\"/sys/devices/system/cpu/cpu0/thermal_throttle\"]");
        for (String masked : List.of(old, heat)) {
            assertThat(read("{\"Image\":\"busybox\",\"HostConfig\":{\"MaskedPaths\":" + masked + "}}")
                            .image())
                    .isEqualTo("busybox");
        }
        String other = old.replace("]", ",\"/etc/passwd\"]");
        assertThatThrownBy(() -> read("{\"Image\":\"busybox\",\"HostConfig\":{\"MaskedPaths\":" + other + "}}"))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aStopTimeoutOfMinusOneIsForEver() {
        assertThat(read("{\"Image\":\"busybox\",\"StopTimeout\":-1}").stopTimeout())
                .contains(ContainerSpec.LONGEST_STOP_TIMEOUT);
        assertThatThrownBy(() -> read("{\"Image\":\"busybox\",\"StopTimeout\":-2}"))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void noHealthCheckIsWhatThereIs() {
        assertThat(read("{\"Image\":\"busybox\",\"Healthcheck\":{\"Test\":[\"NONE\"]}}")
                        .image())
                .isEqualTo("busybox");
        for (String check :
                List.of("{\"Test\":[\"CMD\",\"true\"]}", "{\"Interval\":5}", "{\"Test\":[\"NONE\",\"x\"]}")) {
            assertThatThrownBy(() -> read("{\"Image\":\"busybox\",\"Healthcheck\":" + check + "}"))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("health check");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"default\":{\"IPAMConfig\":{\"IPv4Address\":\"10.0.0.2\"}}} | --ip",
                "{\"bridge\":{\"IPAMConfig\":{\"LinkLocalIPs\":[\"fe80::1\"]}}} | --link-local-ip",
                "{\"none\":{\"Aliases\":[\"web\"]}} | --network-alias",
                "{\"host\":{\"MacAddress\":\"02:42:ac:11:00:02\"}} | --mac-address",
                "{\"default\":{\"DriverOpts\":{\"a\":\"b\"}}} | driver-opt",
                "{\"mine\":{}} | --network",
            })
    void whatIsAskedOfANetworkIsRefusedByName(String endpoints, String called) {
        assertThatThrownBy(() ->
                        read("{\"Image\":\"busybox\",\"NetworkingConfig\":{\"EndpointsConfig\":" + endpoints + "}}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(called)
                .hasMessageContaining("not supported");
    }

    @Test
    void anEndpointThatSaysNothingIsTaken() {
        String endpoint = "{\"default\":{\"IPAMConfig\":null,\"Links\":null,\"Aliases\":[],\"MacAddress\":\"\","
                + "\"DriverOpts\":null,\"GwPriority\":0,\"NetworkID\":\"\",\"IPPrefixLen\":0}}";
        assertThat(read("{\"Image\":\"busybox\",\"NetworkingConfig\":{\"EndpointsConfig\":" + endpoint + "}}")
                        .image())
                .isEqualTo("busybox");
    }

    @ParameterizedTest
    @CsvSource({"none, false", "host, false", "default, true", "bridge, true", "'', true"})
    void aBridgeThatThereIsNotIsWarnedOf(String asked, boolean warned) {
        CreateRequest request = new CreateRequest(
                Json.read("{\"Image\":\"busybox\",\"HostConfig\":{\"NetworkMode\":\"" + asked + "\"}}"));
        assertThat(request.warnings().isEmpty()).isNotEqualTo(warned);
    }

    @ParameterizedTest
    @CsvSource({"none, NONE", "host, HOST", "default, NONE", "bridge, NONE", "'', NONE"})
    void theNetworkIsReadAndABridgeThatThereIsNotIsNone(String asked, NetworkMode read) {
        assertThat(read("{\"Image\":\"busybox\",\"HostConfig\":{\"NetworkMode\":\"" + asked + "\"}}")
                        .network())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "10m, 3, 10000000, 3",
        "200k, 1, 200000, 1",
        "1.5MB, 2, 1500000, 2",
        "100000, 5, 100000, 5",
        "1g, , 1000000000, 1",
        ", 4, 10000000, 4"
    })
    void logOptionsAreReadAsDockerReadsThem(String size, String files, long bytes, int count) {
        String options = Stream.of(
                        size == null ? "" : "\"max-size\":\"" + size + "\"",
                        files == null ? "" : "\"max-file\":\"" + files + "\"",
                        "\"mode\":\"blocking\"")
                .filter(option -> !option.isEmpty())
                .collect(Collectors.joining(","));
        assertThat(read("{\"Image\":\"busybox\",\"HostConfig\":{\"LogConfig\":{\"Type\":\"json-file\",\"Config\":{"
                                + options + "}}}}")
                        .logLimits())
                .contains(new LogLimits(bytes, count));
    }

    @ParameterizedTest
    @CsvSource({
        "max-size, -1",
        "max-size, 10x",
        "max-size, 1",
        "max-size, 9999999999t",
        "max-file, 0",
        "max-file, many",
        "max-file, 99999999999"
    })
    void logOptionsThatBoundNothingAreRefused(String name, String value) {
        assertThatThrownBy(() -> read("{\"Image\":\"busybox\",\"HostConfig\":{\"LogConfig\":{\"Config\":{\"" + name
                        + "\":\"" + value + "\"}}}}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("create container");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Cmd\":{\"a\":\"b\"}",
                "\"Cmd\":[5]",
                "\"Cmd\":[null]",
                "\"Entrypoint\":7",
                "\"Env\":\"A=b\"",
                "\"Env\":[{}]",
                "\"User\":5",
                "\"User\":\"a\\u0000\"",
                "\"Labels\":[]",
                "\"Labels\":{\"a\":5}",
                "\"Labels\":{\"a\\u0000\":\"\"}",
                "\"Hostname\":[1]",
                "\"StopTimeout\":\"x\"",
                "\"StopTimeout\":1e18",
                "\"StopTimeout\":999999999999",
                "\"StopTimeout\":99999999999999999999",
                "\"HostConfig\":5",
                "\"HostConfig\":[]",
                "\"HostConfig\":{\"Memory\":\"6g\"}",
                "\"HostConfig\":{\"Memory\":9223372036854775807}",
                "\"HostConfig\":{\"PidsLimit\":4611686018427387904}",
                "\"HostConfig\":{\"AutoRemove\":\"yes\"}",
                "\"HostConfig\":{\"ReadonlyRootfs\":1}",
                "\"HostConfig\":{\"RestartPolicy\":\"always\"}"
            })
    void anotherTypeIsRefusedAndNotPassedOver(String field) {
        assertThatThrownBy(() -> read("{\"Image\":\"busybox\"," + field + "}"))
                .isInstanceOfAny(IllegalArgumentException.class, InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"PidMode\":\"host\"",
                "\"IpcMode\":\"host\"",
                "\"UTSMode\":\"host\"",
                "\"NetworkMode\":\"container:x\"",
                "\"NetworkMode\":\"mine\"",
                "\"LogConfig\":{\"Type\":\"json-file\",\"Config\":{\"tag\":\"x\"}}",
                "\"LogConfig\":{\"Config\":{\"max-size\":\"1m\",\"compress\":\"true\"}}",
                "\"Privileged\":true",
                "\"Privileged\":\"true\"",
                "\"Binds\":\"/etc:/x\"",
                "\"Binds\":[\"/etc:/x\"]",
                "\"VolumesFrom\":[\"x\"]",
                "\"Ulimits\":[{\"Name\":\"core\"}]",
                "\"GroupAdd\":[\"5\"]",
                "\"OomScoreAdj\":500",
                "\"ShmSize\":1",
                "\"Init\":true",
                "\"LogConfig\":{\"Type\":\"none\"}",
                "\"CpuShares\":5",
                "\"CpusetCpus\":\"0\"",
                "\"Sysctls\":{\"a\":\"b\"}",
                "\"MaskedPaths\":[]",
                "\"RestartPolicy\":{\"Name\":\"always\"}",
                "\"ExtraHosts\":[\"a:1.2.3.4\"]",
                "\"CapAdd\":\"ALL\""
            })
    void whatCannotBeDoneIsRefusedAndNotPassedOver(String field) {
        assertThatThrownBy(() -> read("{\"Image\":\"busybox\",\"HostConfig\":{" + field + "}}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("not supported");
    }
}
