package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.engine.image.TarBytes;
import io.darsena.engine.registry.TestRegistry.Behaviour;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Registries and networks that break off, stall, lie and lead astray: each time the image comes whole all the
/// same, or there is one error that says why and nothing half made.
@Timeout(60)
class HostileRegistryTest extends AgainstRegistry {

    private static final int BYTES = 300_000;
    private static final TestImage IMAGE = TestImage.of(1, 3, BYTES);

    private String name() {
        return registry.host() + "/a:1";
    }

    private void assertWhole() {
        Image image = subject.image(name());
        assertThat(image.layers()).extracting(Image.Layer::blob).containsExactlyElementsOf(IMAGE.layers());
        assertThat(subject.cache.unfinished()).isEmpty();
    }

    private void assertNothing() {
        assertThat(subject.cache.images.list()).isEmpty();
        assertThat(subject.cache.layerNames()).isEmpty();
        assertThat(subject.cache.blobs().digests()).isEmpty();
        assertThat(subject.cache.unfinished()).allMatch(name -> name.startsWith("pull-"));
    }

    /// Does this to the first so many requests for the middle layer.
    private static Behaviour toLayer(int times, BiFunction<TestRegistry.Seen, byte[], Trouble> trouble) {
        AtomicInteger left = new AtomicInteger(times);
        Digest layer = IMAGE.layers().get(1);
        byte[] bytes = IMAGE.blob(layer);
        return (seen, reply) -> {
            if (!seen.path().endsWith(layer.toString()) || left.getAndDecrement() <= 0) {
                return false;
            }
            trouble.apply(seen, bytes).make(reply);
            return true;
        };
    }

    @FunctionalInterface
    private interface Trouble {
        void make(Reply reply) throws java.io.IOException;
    }

    private static Behaviour status(int times, int status, Map<String, String> headers) {
        return toLayer(times, (seen, bytes) -> reply -> reply.send(status, headers, new byte[0]));
    }

    private static Behaviour cut(int times, int after) {
        return toLayer(times, (seen, bytes) -> reply -> {
            reply.head(200, Map.of(), "Content-Length: " + bytes.length);
            reply.write(bytes, 0, after < 0 ? bytes.length + after : after);
            reply.hangUp();
        });
    }

    static Stream<Arguments> passing() {
        Map<String, Behaviour> all = new java.util.LinkedHashMap<>();
        all.put("500 thrice", status(3, 500, Map.of()));
        all.put("429 that says how long", status(1, 429, Map.of("Retry-After", "1")));
        all.put("503 with a date", status(1, 503, Map.of("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT")));
        all.put("cut in the middle", cut(1, BYTES / 2));
        all.put("cut one byte before the end", cut(1, -1));
        all.put("cut after the headers", cut(3, 0));
        all.put("reset after the headers", toLayer(1, (seen, bytes) -> reply -> {
            reply.head(200, Map.of(), "Content-Length: " + bytes.length);
            reply.write("");
            reply.reset();
        }));
        all.put("reset without a word", toLayer(1, (seen, bytes) -> Reply::reset));
        all.put("cut in the middle of a chunk", toLayer(1, (seen, bytes) -> reply -> {
            reply.head(200, Map.of(), "Transfer-Encoding: chunked");
            reply.write("10000\r\n");
            reply.write(bytes, 0, 40_000);
            reply.hangUp();
        }));
        all.put("chunked and whole", toLayer(1, (seen, bytes) -> reply -> {
            reply.head(200, Map.of(), "Transfer-Encoding: chunked");
            reply.write(Integer.toHexString(bytes.length) + "\r\n");
            reply.write(bytes, 0, bytes.length);
            reply.write("\r\n0\r\n\r\n");
        }));
        all.put("stalled in the middle", toLayer(1, (seen, bytes) -> reply -> {
            reply.head(200, Map.of(), "Content-Length: " + bytes.length);
            reply.write(bytes, 0, 100_000);
            reply.fallSilent();
        }));
        all.put("no Range", (seen, reply) -> {
            if (!seen.header("range").isEmpty()) {
                byte[] bytes = IMAGE.blob(IMAGE.layers().get(1));
                reply.send(200, Map.of(), bytes);
                return true;
            }
            return cut(1, BYTES / 2).answer(seen, reply);
        });
        all.put("slow", toLayer(1, (seen, bytes) -> reply -> {
            reply.head(200, Map.of(), "Content-Length: " + bytes.length);
            for (int at = 0; at < bytes.length; at += 60_000) {
                reply.write(bytes, at, Math.min(bytes.length, at + 60_000));
                pause(60);
            }
        }));
        return all.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void whatPassesIsWaitedFor(String trouble, Behaviour behaviour) {
        IMAGE.publish(registry, "a", "1");
        registry.behave(behaviour);
        subject.pull(name());
        assertWhole();
        assertThat(subject.last().notice()).isEmpty();
    }

    @Test
    void whatIsBrokenOffGoesOnWhereItWas() {
        IMAGE.publish(registry, "a", "1");
        registry.behave(cut(1, BYTES / 2));
        subject.pull(name());
        assertThat(registry.seen)
                .extracting(seen -> seen.header("range"))
                .filteredOn(range -> !range.isEmpty())
                .singleElement()
                .satisfies(range -> assertThat(Integer.parseInt(range.replaceAll("\\D", "")))
                        .isBetween(1, BYTES / 2));
        assertThat(subject.told)
                .anySatisfy(told -> assertThat(told.notice().orElse("")).contains("next try"));
    }

    static Stream<Arguments> lasting() {
        Map<String, Behaviour> all = new java.util.LinkedHashMap<>();
        all.put("500 for ever", status(99, 500, Map.of()));
        all.put("a wait of an hour", status(99, 429, Map.of("Retry-After", "3600")));
        all.put("cut for ever at the same byte", cut(99, 0));
        all.put("silence for ever", toLayer(99, (seen, bytes) -> Reply::fallSilent));
        all.put(
                "a circle of redirects",
                (seen, reply) -> seen.isBlob()
                        && reply.sent(
                                307,
                                Map.of(
                                        "Location",
                                        seen.path() + "?" + (seen.query().equals("1") ? "2" : "1")),
                                ""));
        all.put(
                "more and more redirects",
                (seen, reply) -> seen.isBlob()
                        && reply.sent(307, Map.of("Location", seen.path() + "?" + seen.query() + "1"), ""));
        all.put("a redirect to nowhere", (seen, reply) -> seen.isBlob() && reply.sent(307, Map.of(), ""));
        all.put(
                "a redirect to a file",
                (seen, reply) -> seen.isBlob() && reply.sent(307, Map.of("Location", "file:///etc/passwd"), ""));
        return all.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lasting")
    void whatLastsEndsInOneErrorAndNothingHalfMade(String trouble, Behaviour behaviour) {
        IMAGE.publish(registry, "a", "1");
        registry.behave(behaviour);
        assertThatThrownBy(() -> subject.pull(name())).isInstanceOf(UnavailableException.class);
        assertNothing();
    }

    static Stream<Arguments> lies() {
        byte[] other = TarBytes.gzip(new TarBytes().file("other", "content").bytes());
        Map<String, Behaviour> all = new java.util.LinkedHashMap<>();
        all.put("other bytes of another size", toLayer(99, (seen, bytes) -> reply -> reply.send(200, Map.of(), other)));
        all.put("other bytes of the same size", toLayer(99, (seen, bytes) -> reply -> {
            byte[] changed = bytes.clone();
            changed[bytes.length / 2] ^= 1;
            reply.send(200, Map.of(), changed);
        }));
        all.put("more bytes than promised", toLayer(99, (seen, bytes) -> reply -> {
            reply.head(200, Map.of(), "Transfer-Encoding: chunked");
            reply.write(Integer.toHexString(bytes.length + 5) + "\r\n");
            reply.write(Arrays.copyOf(bytes, bytes.length + 5), 0, bytes.length + 5);
            reply.write("\r\n0\r\n\r\n");
        }));
        all.put("another part than asked for", (seen, reply) -> {
            byte[] bytes = IMAGE.blob(IMAGE.layers().get(1));
            return seen.header("range").isEmpty()
                    ? cut(1, BYTES / 2).answer(seen, reply)
                    : reply.sent(206, Map.of("Content-Range", "bytes 0-9/" + bytes.length), "0123456789");
        });
        return all.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void liesAreFoundOut(String lie, Behaviour behaviour) {
        IMAGE.publish(registry, "a", "1");
        registry.behave(behaviour);
        assertThatThrownBy(() -> subject.pull(name()))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining(IMAGE.layers().get(1).toString());
        assertNothing();
    }

    @Test
    void aManifestIsWhatItsDigestSays() {
        Digest digest = IMAGE.publish(registry, "a", "1");
        registry.behave((seen, reply) -> seen.isManifest()
                && reply.sent(
                        200,
                        Map.of("Content-Type", TestImage.TYPE, "Docker-Content-Digest", digest.toString()),
                        new String(TestImage.of(9, 1, 10).bytes(), StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> subject.pull(name())).isInstanceOf(CorruptedException.class);
        assertThatThrownBy(() -> subject.pull(registry.host() + "/a@" + digest)).isInstanceOf(CorruptedException.class);
        assertNothing();
    }

    @Test
    void aLayerThatUnpacksToAnotherOneIsRefused() {
        TestImage wrong = TestImage.of(
                1,
                2,
                1_000,
                draft -> draft.config = config -> ((ArrayNode) ((ObjectNode) config.get("rootfs")).get("diff_ids"))
                        .set(1, "sha256:" + "0".repeat(64)));
        wrong.publish(registry, "a", "1");
        assertThatThrownBy(() -> subject.pull(name()))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining("0".repeat(64));
        assertNothing();
    }

    @Test
    void aManifestWithoutEndIsNotRead() {
        registry.behave((seen, reply) -> {
            if (!seen.isManifest()) {
                return false;
            }
            reply.head(200, Map.of("Content-Type", TestImage.TYPE), "Content-Length: 90000000");
            byte[] blank = new byte[1 << 20];
            Arrays.fill(blank, (byte) ' ');
            for (int i = 0; i < 6; i++) {
                reply.write(blank, 0, blank.length);
            }
            return true;
        });
        assertThatThrownBy(() -> subject.pull(name())).isInstanceOf(EngineException.class);
        assertNothing();
    }

    @Test
    void whatIsNoManifestIsSaidSo() {
        registry.behave((seen, reply) ->
                seen.isManifest() && reply.sent(200, Map.of("Content-Type", "text/html"), "<html>welcome</html>"));
        assertThatThrownBy(() -> subject.pull(name()))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining("not valid JSON");
        registry.behave((seen, reply) -> seen.isManifest()
                && reply.sent(
                        200,
                        Map.of(),
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.acme.rocket.v1+json\",\"layers\":[]}"));
        assertThatThrownBy(() -> subject.pull(name()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("rocket");
    }

    /// The next pull, and the next engine, ask for the rest only.
    @Test
    void whatAnInterruptedPullHasLeftIsGoneOnWith() throws Exception {
        IMAGE.publish(registry, "a", "1");
        CountDownLatch half = new CountDownLatch(1);
        registry.behave(toLayer(1, (seen, bytes) -> reply -> {
            reply.head(200, Map.of(), "Content-Length: " + bytes.length);
            reply.write(bytes, 0, 200_000);
            pause(150);
            half.countDown();
            reply.fallSilent();
        }));
        Thread pulling = Thread.currentThread();
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            one.submit(() -> {
                half.await();
                pulling.interrupt();
                return true;
            });
            assertThatThrownBy(() -> subject.pull(name())).isInstanceOf(CancellationException.class);
        }
        assertThat(Thread.interrupted()).isTrue();
        assertNothing();
        subject.close();
        subject = new RegistrySubject(temporary.resolve("root"));
        registry.seen.clear();
        subject.pull(name());
        assertWhole();
        assertThat(registry.seen)
                .filteredOn(TestRegistry.Seen::isBlob)
                .filteredOn(seen ->
                        IMAGE.layers().stream().anyMatch(layer -> seen.path().endsWith(layer.toString())))
                .as("whole layers are not asked for again, the broken one from where it was")
                .allSatisfy(seen -> assertThat(seen.header("range")).startsWith("bytes="));
    }

    @Test
    void whatWasLeftAndIsDamagedComesAnew() throws Exception {
        IMAGE.publish(registry, "a", "1");
        java.nio.file.Files.write(subject.cache.paths.partial(IMAGE.layers().getFirst()), new byte[BYTES / 2]);
        subject.pull(name());
        assertWhole();
    }

    @Test
    void twoPullsOfOneLayerShareItsDownload() throws Exception {
        IMAGE.publish(registry, "a", "1");
        TestImage.of(1, 4, BYTES).publish(registry, "b", "1");
        registry.behave((seen, reply) -> {
            if (seen.isBlob()) {
                pause(40);
            }
            return false;
        });
        List<ImageTransfer> told = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            Future<?> first = two.submit(() -> subject.pull(name()));
            Future<?> second = two.submit(() -> subject.registries.pull(
                    io.darsena.bridge.registry.PullRequest.of(
                            io.darsena.bridge.image.ImageReference.parse(registry.host() + "/b:1")),
                    told::add));
            first.get(30, TimeUnit.SECONDS);
            second.get(30, TimeUnit.SECONDS);
        }
        assertWhole();
        for (Digest layer : IMAGE.layers()) {
            assertThat(registry.count("GET", layer.toString())).isEqualTo(1);
        }
        assertThat(told.getLast().done()).isEqualTo(told.getLast().total().orElseThrow());
    }

    @Test
    void aRegistryThatIsNotThereIsSaidSoAtOnce() throws Exception {
        registry.close();
        long began = System.nanoTime();
        assertThatThrownBy(() -> subject.pull(name()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(registry.host());
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isLessThan(2_000);
        assertThat(Optional.ofNullable(subject.told.isEmpty() ? null : subject.last())
                        .map(ImageTransfer::blobs)
                        .orElse(List.of()))
                .isEmpty();
    }
}
