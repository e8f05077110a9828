package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.engine.kernel.RealEngine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a container does to its own `/etc/resolv.conf` and `/etc/hosts` does not keep it from starting again.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerIdentityFilesIT {

    private static final String TELL = "stat -c %u:%g:%a:%s /etc/resolv.conf /etc/hosts";

    private final RealEngine engine;

    ContainerIdentityFilesIT(@TempDir Path temporary) {
        this.engine = new RealEngine(temporary.resolve("engine"));
    }

    @AfterEach
    void removeAll() {
        engine.removeAll();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    /// Runs it twice: the first time it does this, the second time it only tells what it finds.
    private List<String> afterwards(NetworkMode network, String deed) {
        ContainerSpec spec = RealEngine.spec("sh", "-c", "test -e /done || { touch /done; " + deed + "; }; " + TELL)
                .withNetwork(network);
        Outcome first = engine.run(spec);
        assertThat(first.code()).as(String.join("\n", first.err())).isZero();
        ContainerId id = first.id();
        engine.containers().start(id);
        assertThat(engine.containers().await(id).code()).isZero();
        List<String> told = engine.out(id);
        return told.subList(told.size() - 2, told.size());
    }

    private static String fresh(Path ofHost) throws IOException {
        return "0:0:644:" + (Files.exists(ofHost) ? Files.size(ofHost) : 0);
    }

    /// As `chown -R app /etc` of an entrypoint; a single mapped id leaves it no other owner, but the mode does as well.
    @Test
    void filesThatItGaveAwayAndClosedAreMadeAnew() throws IOException {
        String deed = "for file in /etc/resolv.conf /etc/hosts; do chown 1:1 $file || true; chmod 0 $file; done";
        List<String> told = afterwards(NetworkMode.HOST, deed);
        assertThat(told).containsExactly(fresh(Path.of("/etc/resolv.conf")), fresh(Path.of("/etc/hosts")));
    }

    @Test
    void filesOfManyGigabytesAreReplacedUnread() throws IOException {
        String deed = "truncate -s 3G /etc/resolv.conf; truncate -s 3G /etc/hosts";
        List<String> told = afterwards(NetworkMode.HOST, deed);
        assertThat(told).containsExactly(fresh(Path.of("/etc/resolv.conf")), fresh(Path.of("/etc/hosts")));
    }

    /// Its names are its own there: what a person adds to them stays.
    @Test
    void withoutTheHostsNetworkItsNamesStayAsItLeftThem() throws IOException {
        List<String> told = afterwards(NetworkMode.NONE, "chmod 600 /etc/resolv.conf; echo 10.0.0.1 x >/etc/hosts");
        assertThat(told).containsExactly(fresh(Path.of("/etc/resolv.conf")), "0:0:644:11");
    }
}
