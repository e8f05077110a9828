package io.darsena.docker.client;

import static io.darsena.docker.client.EngineCalls.encoded;
import static io.darsena.docker.client.RemoteDockerEngine.PREFIX;

import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.FailureShape;
import io.darsena.docker.wire.TransferMessage;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// The images of an engine in another process, which sees the same files.
final class RemoteImages implements Images {

    private static final int FAILED = 500;
    private static final int BLOCK = 1 << 16;
    private static final Duration BETWEEN_PROGRESS = Duration.ofMillis(100);

    private final EngineCalls calls;

    RemoteImages(EngineCalls calls) {
        this.calls = calls;
    }

    private static List<Image> read(String text) {
        return BridgeJson.readList(Image.class, text);
    }

    @Override
    public List<Image> list() {
        return calls.get(PREFIX + "/images", RemoteImages::read);
    }

    @Override
    public Optional<Image> find(String nameOrId) {
        return nameOrId.isEmpty()
                ? Optional.empty()
                : calls.get(PREFIX + "/images?find=" + encoded(nameOrId), RemoteImages::read).stream()
                        .findFirst();
    }

    @Override
    public List<ImageId> importFrom(Path source, Consumer<? super TransferProgress> progress) {
        return transfer("import", source, "", progress);
    }

    @Override
    public void save(
            List<String> images, ArchiveFormat format, Path file, Consumer<? super TransferProgress> progress) {
        transfer("save", file, "&" + asked(images, format), progress);
    }

    private static String asked(List<String> images, ArchiveFormat format) {
        StringBuilder query = new StringBuilder("format=").append(format.name().toLowerCase(Locale.ROOT));
        images.forEach(image -> query.append("&names=").append(encoded(image)));
        return query.toString();
    }

    private List<ImageId> transfer(
            String operation, Path file, String query, Consumer<? super TransferProgress> progress) {
        String target = PREFIX + "/images/" + operation + "?path="
                + encoded(file.toAbsolutePath().toString()) + query;
        try (HttpAnswer answer = calls.open("POST", target, new byte[0]);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                TransferMessage message = BridgeJson.read(TransferMessage.class, line);
                message.progress().ifPresent(progress);
                if (message.failure().isPresent()) {
                    throw FailureShape.read(FAILED, message.failure().get(), operation, file.toString());
                }
                if (message.images().isPresent()) {
                    return message.images().get();
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
    public void save(
            List<String> images,
            ArchiveFormat format,
            OutputStream stream,
            Consumer<? super TransferProgress> progress) {
        try (HttpAnswer answer = calls.open("GET", PREFIX + "/images/archive?" + asked(images, format), new byte[0])) {
            OptionalLong total = answer.header("Darsena-Total")
                    .filter(text -> text.matches("[0-9]{1,18}"))
                    .map(text -> OptionalLong.of(Long.parseLong(text)))
                    .orElse(OptionalLong.empty());
            String subject = String.join(", ", images);
            byte[] block = new byte[BLOCK];
            long done = 0;
            long told = System.nanoTime();
            for (int count = answer.body().read(block);
                    count >= 0;
                    count = answer.body().read(block)) {
                write(stream, block, count, subject);
                done += count;
                if (System.nanoTime() - told > BETWEEN_PROGRESS.toNanos()) {
                    told = System.nanoTime();
                    progress.accept(new TransferProgress("writing", subject, done, total));
                }
            }
            progress.accept(new TransferProgress("writing", subject, done, total));
        } catch (IOException lost) {
            throw calls.failed(lost);
        }
    }

    private static void write(OutputStream stream, byte[] block, int count, String subject) {
        try {
            stream.write(block, 0, count);
        } catch (IOException failure) {
            throw new UnavailableException("save", "images " + subject, String.valueOf(failure.getMessage()), "");
        }
    }

    @Override
    public ImageId restoreStarter() {
        calls.command("POST", PREFIX + "/images/starter");
        return find(STARTER.toString())
                .map(Image::id)
                .orElseThrow(() -> calls.foreign("it says that the starter image is there, but it is not"));
    }

    @Override
    public void tag(ImageId id, ImageReference name) {
        calls.command("PUT", PREFIX + "/tags/" + encoded(name.toString()) + "?image=" + encoded(id.toString()));
    }

    @Override
    public void untag(ImageReference name) {
        calls.command("DELETE", PREFIX + "/tags/" + encoded(name.toString()));
    }

    @Override
    public void remove(ImageId id) {
        calls.command("DELETE", PREFIX + "/images/" + encoded(id.toString()));
    }

    @Override
    public void forceRemove(ImageId id) {
        calls.command("DELETE", PREFIX + "/images/" + encoded(id.toString()) + "?force=1");
    }

    @Override
    public String inspect(ImageId id) {
        return calls.get(PREFIX + "/images/" + encoded(id.toString()) + "/manifest", text -> text);
    }
}
