package io.darsena.docker.client;

import static io.darsena.docker.client.EngineCalls.encoded;
import static io.darsena.docker.client.RemoteDockerEngine.PREFIX;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState.Exited;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LifecycleRefusal;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.OutputConsumer;
import io.darsena.bridge.container.StopOptions;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// The containers of an engine in another process.
final class RemoteContainers implements Containers {

    private static final byte[] NOTHING = {};

    private final EngineCalls calls;
    private final Function<Feed, Subscription> begin;

    RemoteContainers(EngineCalls calls, Function<Feed, Subscription> begin) {
        this.calls = calls;
        this.begin = begin;
    }

    private static List<Container> read(String text) {
        return BridgeJson.readList(Container.class, text);
    }

    @Override
    public List<Container> list() {
        return calls.get(PREFIX + "/containers", RemoteContainers::read);
    }

    @Override
    public Container container(ContainerId id) {
        return calls.get(PREFIX + "/containers/" + id, text -> BridgeJson.read(Container.class, text));
    }

    @Override
    public Optional<Container> find(String nameOrId) {
        return nameOrId.isEmpty()
                ? Optional.empty()
                : calls.get(PREFIX + "/containers?find=" + encoded(nameOrId), RemoteContainers::read).stream()
                        .findFirst();
    }

    @Override
    public ContainerId create(ContainerSpec spec) {
        return calls.call(
                "POST",
                PREFIX + "/containers",
                BridgeJson.write(spec),
                text -> ContainerId.parse(Json.read(text).path("Id").asString("")));
    }

    private void post(ContainerId id, String action) {
        calls.command("POST", "/containers/" + id + "/" + action);
    }

    private static String query(StopOptions options) {
        List<String> parameters = new ArrayList<>();
        options.timeout().ifPresent(timeout -> parameters.add("t=" + seconds(timeout)));
        options.signal().ifPresent(signal -> parameters.add("signal=" + encoded(signal.toString())));
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }

    private static String seconds(Duration timeout) {
        return BigDecimal.valueOf(timeout.toSeconds())
                .add(BigDecimal.valueOf(timeout.toNanosPart(), 9))
                .toPlainString();
    }

    @Override
    public void start(ContainerId id) {
        post(id, "start");
    }

    @Override
    public void pause(ContainerId id) {
        post(id, "pause");
    }

    @Override
    public void resume(ContainerId id) {
        post(id, "unpause");
    }

    @Override
    public void stop(ContainerId id, StopOptions options) {
        post(id, "stop" + query(options));
    }

    @Override
    public void kill(ContainerId id, String signal) {
        post(id, "kill?signal=" + encoded(signal));
    }

    /// Through the socket one that never ran would be started, as Docker does; the table of a container's life
    /// has no such arrow.
    @Override
    public void restart(ContainerId id, StopOptions options) {
        Container present = container(id);
        if (present.status() == ContainerStatus.CREATED) {
            throw LifecycleRefusal.of(Trigger.RESTART, present.name(), present.status());
        }
        post(id, "restart" + query(options));
    }

    @Override
    public void rename(ContainerId id, String name) {
        post(id, "rename?name=" + encoded(name));
    }

    @Override
    public void remove(ContainerId id) {
        calls.command("DELETE", "/containers/" + id);
    }

    @Override
    public void forceRemove(ContainerId id) {
        calls.command("DELETE", "/containers/" + id + "?force=1");
    }

    @Override
    public Exited await(ContainerId id) {
        return calls.call(
                "POST", PREFIX + "/containers/" + id + "/await", NOTHING, text -> BridgeJson.read(Exited.class, text));
    }

    @Override
    public String inspect(ContainerId id) {
        return calls.get("/containers/" + id + "/json", text -> text);
    }

    @Override
    public Subscription logs(ContainerId id, LogQuery query, LogConsumer consumer) {
        return begin.apply(LogFeed.open(calls, id, query, consumer));
    }

    @Override
    public Subscription attach(ContainerId id, Set<LogRecord.Stream> streams, OutputConsumer consumer) {
        return begin.apply(OutputFeed.open(calls, id, streams, consumer));
    }

    @Override
    public Subscription metrics(Consumer<? super List<ContainerMetrics>> subscriber) {
        return begin.apply(new LineFeed<>(
                calls,
                PREFIX + "/metrics",
                line -> BridgeJson.readList(ContainerMetrics.class, line),
                subscriber::accept));
    }
}
