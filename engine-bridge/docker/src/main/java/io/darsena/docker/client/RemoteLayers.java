package io.darsena.docker.client;

import static io.darsena.docker.client.EngineCalls.encoded;
import static io.darsena.docker.client.RemoteDockerEngine.PREFIX;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.Committed;
import io.darsena.bridge.layer.ComparedContents;
import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.HiddenLater;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeTar;
import io.darsena.bridge.layer.Waste;
import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.http.HttpClient;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.ChosenPaths;
import io.darsena.docker.wire.FailureShape;
import io.darsena.docker.wire.Json;
import io.darsena.docker.wire.LeftOutTrailer;
import io.darsena.docker.wire.PathText;
import io.darsena.docker.wire.SearchMessage;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// The layers of an engine in another process. A tree comes whole, in the form that it has in memory.
final class RemoteLayers implements Layers {

    private static final int BLOCK = 1 << 16;

    private static final int FAILED = 500;

    private static final HttpClient.Body NOTHING = HttpClient.Body.of(new byte[0]);

    private final EngineCalls calls;

    RemoteLayers(EngineCalls calls) {
        this.calls = calls;
    }

    private static String image(ImageId image) {
        return PREFIX + "/images/" + encoded(image.toString());
    }

    private static String container(ContainerId container) {
        return PREFIX + "/containers/" + container;
    }

    /// What part of a source is asked for, with room for more in the query.
    static String target(TreeSource source, String part) {
        return switch (source) {
            case TreeSource.OfImage(ImageId image, int layer) -> image(image) + part + "?layer=" + layer;
            case TreeSource.OfContainer(ContainerId container) -> container(container) + part + "?";
        };
    }

    @Override
    public List<LayerStep> steps(ImageId image) {
        return calls.get(image(image) + "/steps", text -> BridgeJson.readList(LayerStep.class, text));
    }

    @Override
    public HiddenLater hiddenLater(ImageId image, int layer) {
        return calls.get(image(image) + "/hidden?layer=" + layer, text -> BridgeJson.read(HiddenLater.class, text));
    }

    @Override
    public Waste waste(TreeSource source) {
        return calls.get(target(source, "/waste"), text -> BridgeJson.read(Waste.class, text));
    }

    @Override
    public Duplicates duplicates(TreeSource source, Consumer<? super TransferProgress> progress) {
        return search(
                "GET",
                target(source, "/duplicates"),
                NOTHING,
                Duplicates.class,
                progress,
                "compare the files of",
                subject(source));
    }

    /// The other side finds out itself which files they are: its trees of images are the same. Of a
    /// container it would read others by now, so that these are sent.
    @Override
    public ComparedContents compareContents(
            TreeSource before, TreeSource after, TreeComparison files, Consumer<? super TransferProgress> progress) {
        TreesBody trees = TreesBody.of(before, after, files);
        return search(
                trees.isEmpty() ? "GET" : "POST",
                target(after, "/contents") + beforeAs(before),
                trees,
                ComparedContents.class,
                progress,
                "compare the contents of",
                subject(before) + ", " + subject(after));
    }

    private static String beforeAs(TreeSource before) {
        return switch (before) {
            case TreeSource.OfImage(ImageId image, int layer) ->
                "&before=" + encoded(image.toString()) + "&beforeLayer=" + layer;
            case TreeSource.OfContainer(ContainerId container) -> "&beforeContainer=" + container;
        };
    }

    private static String subject(TreeSource source) {
        return switch (source) {
            case TreeSource.OfImage(ImageId image, int layer) -> "image " + image.shortId();
            case TreeSource.OfContainer(ContainerId container) -> "container " + container.shortId();
        };
    }

    private <T> T search(
            String method,
            String target,
            HttpClient.Body body,
            Class<T> result,
            Consumer<? super TransferProgress> progress,
            String operation,
            String subject) {
        try (HttpAnswer answer = calls.open(method, target, body);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                SearchMessage message = BridgeJson.read(SearchMessage.class, line);
                message.progress().ifPresent(progress);
                if (message.failure().isPresent()) {
                    throw FailureShape.read(FAILED, message.failure().get(), operation, subject);
                }
                if (message.found().isPresent()) {
                    return BridgeJson.read(result, message.found().get());
                }
            }
            throw new EOFException("its answer has no end");
        } catch (IOException lost) {
            throw calls.failed(lost);
        } catch (IllegalArgumentException foreign) {
            throw calls.foreign(String.valueOf(foreign.getMessage()));
        }
    }

    @Override
    public FileTree tree(ImageId image, int layer) {
        return tree(new TreeSource.OfImage(image, layer));
    }

    @Override
    public FileTree tree(TreeSource source) {
        try (InputStream body = AnswerStream.of(calls, target(source, "/files"))) {
            return FileTree.read(new BufferedInputStream(body, BLOCK));
        } catch (FileTree.ForeignFormException foreign) {
            throw calls.foreign(String.valueOf(foreign.getMessage()));
        } catch (IOException lost) {
            throw calls.failed(lost);
        }
    }

    @Override
    public InputStream content(TreeSource source, FilePath path) {
        return AnswerStream.of(calls, target(source, "/content") + "&path=" + PathText.encoded(path));
    }

    @Override
    public TreeTar archive(TreeSource source, FilePath path, byte[] name) {
        AnswerStream answer = AnswerStream.of(
                calls,
                target(source, "/archive") + "&path=" + PathText.encoded(path) + "&name=" + PathText.encoded(name));
        return new TreeTar(answer) {
            @Override
            public long leftOut() {
                return answer.trailer(LeftOutTrailer.NAME)
                        .map(LeftOutTrailer::read)
                        .orElse(0L);
            }
        };
    }

    @Override
    public Committed commit(ContainerId container, Commit commit) {
        return calls.call("POST", container(container) + "/commit", BridgeJson.write(commit), RemoteLayers::committed);
    }

    private static Committed committed(String text) {
        JsonNode told = Json.read(text);
        return new Committed(
                ImageId.parse(told.path("Id").asString("")),
                Math.max(0, told.path("LeftOut").asLong(0)));
    }

    @Override
    public void revert(ContainerId container, List<FilePath> paths) {
        calls.call(
                "POST",
                container(container) + "/revert",
                BridgeJson.write(new ChosenPaths(paths)),
                text -> Boolean.TRUE);
    }
}
