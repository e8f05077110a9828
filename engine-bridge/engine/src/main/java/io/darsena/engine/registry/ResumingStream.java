package io.darsena.engine.registry;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.registry.http.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bytes of one blob as one stream, however often the connection breaks: it goes on where it was, by `Range`
/// where the registry knows that, else by passing over what it had already. A place that cannot give the blob
/// makes room for the next one. For one thread.
final class ResumingStream extends InputStream {

    /// A registry that breaks off after each byte is not waited for without end.
    private static final int MOST_BREAKS = 200;

    private final Descriptor blob;
    private final List<RemoteRepository> places;
    private int place;
    private long position;
    private int failures;
    private int breaks;
    private @Nullable Answer current;

    /// @param places in the order in which they are asked
    ResumingStream(Descriptor blob, long offset, List<RemoteRepository> places) {
        this.blob = blob;
        this.position = offset;
        this.places = List.copyOf(places);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        while (true) {
            try {
                Answer answer = current == null ? open() : current;
                int count = answer.body().read(buffer, offset, length);
                if (count < 0 && position < blob.size()) {
                    throw new EOFException("it ends after " + position + " of " + blob.size() + " bytes");
                }
                if (count > 0) {
                    position += count;
                    gone(count);
                }
                return count;
            } catch (IOException broken) {
                close();
                if (position == blob.size()) {
                    return -1;
                }
                pause(broken);
            } catch (EngineException refused) {
                close();
                next(refused);
            }
        }
    }

    private void gone(int count) {
        if (failures > 0 && count > 0) {
            failures = 0;
            client().notices().tell(Optional.empty());
        }
    }

    private RegistryClient client() {
        return places.get(place).client();
    }

    private Answer open() throws IOException {
        Answer answer = places.get(place).open(blob, position);
        current = answer;
        if (answer.status() == Answer.PARTIAL) {
            boolean fits = answer.header("Content-Range")
                    .flatMap(ContentRange::parse)
                    .filter(range -> range.isRest(position, blob.size()))
                    .isPresent();
            if (!fits) {
                throw wrong("the registry gives another part of it than was asked for");
            }
        } else {
            if (answer.length().orElse(blob.size()) != blob.size()) {
                throw wrong("the registry has " + answer.length().getAsLong() + " bytes, and its descriptor promises "
                        + blob.size());
            }
            answer.body().skipNBytes(position);
        }
        return answer;
    }

    private CorruptedException wrong(String reason) {
        return new CorruptedException(
                client().purpose().operation(), "blob " + blob.digest(), reason, "tell who runs the registry");
    }

    private void pause(IOException broken) {
        if (Thread.currentThread().isInterrupted()) {
            throw StorageFailure.cancelled(client().purpose().operation(), "blob " + blob.digest());
        }
        failures++;
        breaks++;
        String reason = RegistryFailure.reason(broken);
        if (failures >= client().patience().tries() || breaks >= MOST_BREAKS) {
            next(RegistryFailure.passing(client().purpose(), client().at(""), reason));
            return;
        }
        client().pause(reason, client().patience().wait(failures));
    }

    private void next(EngineException refused) {
        if (place + 1 >= places.size()) {
            throw refused;
        }
        places.get(place).passedOver(refused);
        place++;
        failures = 0;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
