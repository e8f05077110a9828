package io.darsena.engine.registry;

import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import io.darsena.bridge.registry.RegistrySettings;
import io.darsena.engine.image.TarRuntime;
import io.darsena.engine.image.TestCache;
import io.darsena.engine.registry.EngineRegistries.Surroundings;
import io.darsena.engine.registry.RegistryAddress.Hub;
import io.darsena.engine.registry.http.HttpTimes;
import io.darsena.runtime.ContainerRuntime;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A cache and its registries, less patient than people are.
public final class RegistrySubject implements AutoCloseable {

    static final HttpTimes TIMES =
            new HttpTimes(Duration.ofMillis(700), Duration.ofMillis(500), Duration.ofMillis(400));
    static final Patience PATIENCE = new Patience(5, Duration.ofMillis(8), Duration.ofSeconds(2));

    public final TestCache cache;
    public final EngineRegistries registries;
    public final List<ImageTransfer> told = new CopyOnWriteArrayList<>();
    public volatile RegistrySettings settings = RegistrySettings.DEFAULT;

    public RegistrySubject(Path root) {
        this(root, new TarRuntime(), Map.of(), "127.0.0.1:1");
    }

    /// @param hub where Docker Hub is taken to be
    public RegistrySubject(Path root, ContainerRuntime runtime, Map<String, String> environment, String hub) {
        cache = new TestCache(root, runtime);
        Hub place = new Hub(
                new RegistryAddress(hub),
                URI.create("http://" + hub + "/v1/search"),
                URI.create("http://" + hub + "/v2/repositories/"));
        registries = new EngineRegistries(
                cache.paths,
                cache.images,
                () -> settings,
                new Surroundings(environment, root.resolve("home"), TIMES, PATIENCE, place),
                "test");
    }

    public PullResult pull(String name) {
        return pull(PullRequest.of(ImageReference.parse(name)));
    }

    PullResult pull(PullRequest request) {
        told.clear();
        return registries.pull(request, told::add);
    }

    public Image image(String name) {
        return cache.images.find(name).orElseThrow();
    }

    ImageTransfer last() {
        return told.getLast();
    }

    @Override
    public void close() {
        registries.close();
        cache.close();
    }
}
