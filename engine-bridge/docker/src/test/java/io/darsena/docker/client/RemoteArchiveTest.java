package io.darsena.docker.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource.OfContainer;
import io.darsena.bridge.layer.TreeTar;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What an archive lacks, told through a socket.
@Timeout(60)
class RemoteArchiveTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @RegisterExtension
    final ServedFake served = new ServedFake(new FakeEngine());

    private static long leftOut(RemoteDockerEngine engine, ContainerId id, String path) throws IOException {
        try (TreeTar tar = engine.layers().archive(new OfContainer(id), FilePath.of(path))) {
            tar.transferTo(OutputStream.nullOutputStream());
            return tar.leftOut();
        }
    }

    @Test
    void whatAnArchiveLacksIsToldBehindIt() throws IOException {
        try (RemoteDockerEngine engine = served.open(directory)) {
            ContainerId id = engine.containers().create(ContainerSpec.of(FakeEngine.STARTER));
            served.fake().change(id, FakeLayer.of("", "f 200000 srv/log", "s srv/socket", "s srv/run/other", "d etc"));
            assertThat(leftOut(engine, id, "srv")).isEqualTo(2);
            assertThat(leftOut(engine, id, "etc")).isZero();
            assertThat(leftOut(engine, id, "")).isEqualTo(2);
        }
    }
}
