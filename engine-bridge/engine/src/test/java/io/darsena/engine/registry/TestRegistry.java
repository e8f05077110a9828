package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.LayoutBuilder;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/// A registry on raw sockets of this machine's loopback, so that it can break off wherever a test wants it to. It
/// behaves
/// well where no [Behaviour] says otherwise.
public final class TestRegistry implements AutoCloseable {

    private static final Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/(sha256:[0-9a-f]{64})");
    private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
    private static final Pattern UPLOADS = Pattern.compile("/v2/(.+)/blobs/uploads/");
    private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/(\\d+)");
    private static final Pattern REFERRERS = Pattern.compile("/v2/(.+)/referrers/(sha256:[0-9a-f]{64})");
    private static final Pattern TAGS = Pattern.compile("/v2/(.+)/tags/list");
    private static final Pattern PAGE = Pattern.compile("n=(\\d+)(?:&last=(.*))?");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    /// A request as it came.
    ///
    /// @param path without the query
    /// @param headers by their names in small letters
    public record Seen(String method, String path, String query, Map<String, String> headers, byte[] body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean isBlob() {
            return BLOB.matcher(path).matches();
        }

        boolean isManifest() {
            return MANIFEST.matcher(path).matches();
        }
    }

    public record Document(String mediaType, byte[] bytes) {}

    /// What it does in place of what it should.
    @FunctionalInterface
    public interface Behaviour {
        /// @return whether this was the answer
        boolean answer(Seen seen, Reply reply) throws IOException;
    }

    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Behaviour> behaviours = new CopyOnWriteArrayList<>();
    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
    /// Bytes of the next upload after which the connection is cut.
    final AtomicInteger breakPatchAfter = new AtomicInteger(Integer.MAX_VALUE);

    private final AtomicInteger uploadNumber = new AtomicInteger();
    public final List<Seen> seen = new CopyOnWriteArrayList<>();
    public final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
    public final Map<String, Document> manifests = new ConcurrentHashMap<>();

    /// Lists of what refers to a digest of a repository (`team/web@sha256:…`). While there are none at all, it is a
    /// registry that knows no such lists.
    public final Map<String, Document> referrers = new ConcurrentHashMap<>();

    public TestRegistry() throws IOException {
        this(ServerSocketFactory.getDefault());
    }

    TestRegistry(ServerSocketFactory sockets) throws IOException {
        server = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofPlatform().daemon().name("test-registry").start(this::accept);
    }

    public String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /// Asked before those that were added earlier.
    public TestRegistry behave(Behaviour behaviour) {
        behaviours.addFirst(behaviour);
        return this;
    }

    Digest blob(byte[] bytes) {
        Digest digest = LayoutBuilder.digest(bytes);
        blobs.put(digest, bytes);
        return digest;
    }

    /// Takes the blobs of a layout, and one of them as what a tag stands for.
    public Digest publish(LayoutBuilder layout, String repository, String tag, String mediaType, Digest target) {
        layout.blobs().forEach((digest, bytes) -> {
            blobs.put(digest, bytes);
            manifests.put(repository + "@" + digest, new Document(mediaType, bytes));
        });
        manifests.put(
                repository + "@" + tag,
                new Document(mediaType, Objects.requireNonNull(layout.blobs().get(target))));
        return target;
    }

    /// Puts an image that nobody has yet under a tag.
    public Digest publishAnother(String repository, String tag) {
        return TestImage.of(repository.hashCode() ^ tag.hashCode(), 2, 3000, draft -> draft.gzip = false)
                .publish(this, repository, tag);
    }

    /// Lets the second tag stand for what the first one stands for.
    public void move(String repository, String standsFor, String tag) {
        manifests.put(repository + "@" + tag, manifest(repository, standsFor));
    }

    /// What stands under a tag or a digest.
    Document manifest(String repository, String reference) {
        return Objects.requireNonNull(manifests.get(repository + "@" + reference), reference);
    }

    public long count(String method, String pathPart) {
        return seen.stream()
                .filter(each -> each.method().equals(method) && each.path().contains(pathPart))
                .count();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofPlatform().daemon().name("test-registry-connection").start(() -> serve(connection));
            } catch (SocketException closed) {
                return;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (Seen request = read(connection, in); request != null; request = read(connection, in)) {
                seen.add(request);
                Reply reply = new Reply(connection, request.method().equals("HEAD"));
                answer(request, reply);
                if (reply.isLast()) {
                    return;
                }
            }
        } catch (IOException | Reply.BrokenOff over) {
            // the client has gone, or the test wanted it so
        } finally {
            connections.remove(connection);
        }
    }

    private @Nullable Seen read(Socket connection, InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                // somebody tries TLS
                return null;
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String[] words = first.split(" ");
        String[] target = words[1].split("\\?", 2);
        String query = target.length > 1 ? target[1] : "";
        int most = words[0].equals("PATCH") ? breakPatchAfter.getAndSet(Integer.MAX_VALUE) : Integer.MAX_VALUE;
        Seen request = new Seen(words[0], target[0], query, headers, in.readNBytes(Math.min(length, most)));
        if (most < length) {
            seen.add(request);
            uploaded(request).writeBytes(request.body());
            connection.close();
            return null;
        }
        return request;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int letter = in.read(); letter >= 0 && letter != '\n'; letter = in.read()) {
            line.write(letter);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private void answer(Seen request, Reply reply) throws IOException {
        for (Behaviour each : behaviours) {
            if (each.answer(request, reply)) {
                return;
            }
        }
        well(request, reply);
    }

    /// As a registry should.
    void well(Seen request, Reply reply) throws IOException {
        Matcher blob = BLOB.matcher(request.path());
        Matcher manifest = MANIFEST.matcher(request.path());
        Matcher upload = UPLOAD.matcher(request.path());
        Matcher begin = UPLOADS.matcher(request.path());
        Matcher tags = TAGS.matcher(request.path());
        Matcher referring = REFERRERS.matcher(request.path());
        if (request.path().equals("/v2/")) {
            reply.send(200, Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
        } else if (begin.matches()) {
            String id = Integer.toString(uploadNumber.incrementAndGet());
            uploads.put(id, new ByteArrayOutputStream());
            reply.send(202, Map.of("Location", request.path() + id), new byte[0]);
        } else if (upload.matches()) {
            upload(request, upload.group(2), reply);
        } else if (blob.matches()) {
            blob(request, Digest.parse(blob.group(2)), reply);
        } else if (tags.matches()) {
            list(request, "tags", tagsOf(tags.group(1)), reply);
        } else if (referring.matches() && !referrers.isEmpty()) {
            Document none = new Document(CosignBundle.INDEX, CosignBundle.index());
            Document list = referrers.getOrDefault(referring.group(1) + "@" + referring.group(2), none);
            reply.send(200, Map.of("Content-Type", list.mediaType()), list.bytes());
        } else if (request.path().equals("/v2/_catalog")) {
            list(request, "repositories", repositories(), reply);
        } else if (manifest.matches()) {
            manifest(request, manifest.group(1), manifest.group(2), reply);
        } else {
            reply.send(404, Map.of(), new byte[0]);
        }
    }

    private void blob(Seen request, Digest digest, Reply reply) throws IOException {
        byte[] bytes = blobs.get(digest);
        if (bytes == null) {
            reply.send(404, Map.of(), new byte[0]);
            return;
        }
        Matcher range = RANGE.matcher(request.header("range"));
        if (range.matches()) {
            int from = Integer.parseInt(range.group(1));
            reply.send(
                    206,
                    Map.of("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length),
                    Arrays.copyOfRange(bytes, from, bytes.length));
        } else {
            reply.send(200, Map.of("Content-Type", "application/octet-stream"), bytes);
        }
    }

    private List<String> tagsOf(String repository) {
        return manifests.keySet().stream()
                .filter(key -> key.startsWith(repository + "@") && !key.contains("@sha256:"))
                .map(key -> key.substring(repository.length() + 1))
                .sorted()
                .toList();
    }

    private List<String> repositories() {
        return manifests.keySet().stream()
                .map(key -> key.substring(0, key.indexOf('@')))
                .distinct()
                .sorted()
                .toList();
    }

    /// In pages, as asked for.
    private void list(Seen request, String member, List<String> all, Reply reply) throws IOException {
        Matcher page = PAGE.matcher(request.query());
        List<String> rest = page.matches() && page.group(2) != null
                ? all.stream().filter(each -> each.compareTo(page.group(2)) > 0).toList()
                : all;
        int count = page.matches() ? Math.min(rest.size(), Integer.parseInt(page.group(1))) : rest.size();
        List<String> names = rest.subList(0, count);
        Map<String, String> link = count < rest.size()
                ? Map.of("Link", "<" + request.path() + "?n=" + count + "&last=" + names.getLast() + ">; rel=\"next\"")
                : Map.of();
        reply.sent(200, link, "{\"" + member + "\":[\"" + String.join("\",\"", names) + "\"]}");
    }

    private void delete(String repository, String reference, Reply reply) throws IOException {
        boolean there = manifests.remove(repository + "@" + reference) != null;
        reply.send(there ? 202 : 404, Map.of(), new byte[0]);
    }

    private void manifest(Seen request, String repository, String reference, Reply reply) throws IOException {
        if (request.method().equals("DELETE")) {
            delete(repository, reference, reply);
            return;
        }
        if (request.method().equals("PUT")) {
            Document document = new Document(request.header("content-type"), request.body());
            manifests.put(repository + "@" + reference, document);
            manifests.put(repository + "@" + LayoutBuilder.digest(request.body()), document);
            reply.send(201, Map.of(), new byte[0]);
            return;
        }
        Document found = manifests.get(repository + "@" + reference);
        if (found == null) {
            String words = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}";
            reply.send(404, Map.of(), words.getBytes(StandardCharsets.UTF_8));
        } else {
            reply.send(
                    200,
                    Map.of(
                            "Content-Type",
                            found.mediaType(),
                            "Docker-Content-Digest",
                            LayoutBuilder.digest(found.bytes()).toString()),
                    found.bytes());
        }
    }

    private void upload(Seen request, String id, Reply reply) throws IOException {
        ByteArrayOutputStream bytes = uploads.get(id);
        if (bytes == null) {
            reply.send(404, Map.of(), new byte[0]);
            return;
        }
        bytes.writeBytes(request.body());
        Map<String, String> headers = Map.of("Location", request.path(), "Range", "0-" + Math.max(0, bytes.size() - 1));
        switch (request.method()) {
            case "GET" -> reply.send(204, headers, new byte[0]);
            case "PATCH" -> reply.send(202, headers, new byte[0]);
            default -> {
                uploads.remove(id);
                String promised = "digest=" + LayoutBuilder.digest(bytes.toByteArray());
                boolean kept = request.query().equals(promised);
                if (kept) {
                    blob(bytes.toByteArray());
                }
                reply.send(kept ? 201 : 400, Map.of(), new byte[0]);
            }
        }
    }

    /// What of an upload has come so far.
    private ByteArrayOutputStream uploaded(Seen request) {
        return Objects.requireNonNull(
                uploads.get(request.path().substring(request.path().lastIndexOf('/') + 1)));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket each : connections) {
            each.close();
        }
    }
}
