package io.darsena.engine.registry;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.image.OutgoingImage;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Brings one blob to a repository, unless it is there (OCI distribution-spec, push). A small one goes in one
/// request; a large one is gone on with where its connection broke. For one thread.
final class BlobUpload {

    private static final long SMALL = 4L << 20;

    /// A registry that breaks off after each byte is not waited for without end.
    private static final int MOST_BREAKS = 200;

    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

    private final RegistryClient client;
    private final RegistryClient once;
    private final String repository;
    private final List<String> relatives;
    private final OutgoingImage image;
    private final Descriptor blob;
    private final TransferTelling telling;

    /// Where the registry takes the rest.
    private Optional<URI> location = Optional.empty();

    /// Bytes that the registry has said it has.
    private long received;

    /// @param relatives repositories of the same registry that may have it
    BlobUpload(
            RegistryClient client,
            String repository,
            List<String> relatives,
            OutgoingImage image,
            Descriptor blob,
            TransferTelling telling) {
        this.client = client;
        this.once = client.with(client.patience().once());
        this.repository = repository;
        this.relatives = relatives;
        this.image = image;
        this.blob = blob;
        this.telling = telling;
    }

    void run() {
        int failures = 0;
        for (int breaks = 1; ; breaks++) {
            long before = received;
            try {
                BlobStage how = isThere() ? BlobStage.PRESENT : sent();
                telling.blob(blob.digest(), how, blob.size());
                return;
            } catch (UnavailableException failure) {
                failures = received > before ? 1 : failures + 1;
                if (breaks >= MOST_BREAKS || isOver(failure, failures)) {
                    throw failure;
                }
                client.pause(failure.reason(), wait(failures));
            }
        }
    }

    private boolean isOver(UnavailableException failure, int failures) {
        int tries = failure.getCause() instanceof IOException cause
                ? client.tries(cause)
                : client.patience().tries();
        return failures >= tries
                || StorageFailure.isDiskFull(failure)
                || client.endpoint().busy().compareTo(client.patience().longest()) > 0;
    }

    /// As long as the registry wants to be left alone, at least.
    private Duration wait(int failures) {
        Duration own = client.patience().wait(failures);
        Duration asked = client.endpoint().busy();
        return asked.compareTo(own) > 0 ? asked : own;
    }

    private boolean isThere() {
        Call head = Call.of("HEAD", client.at(repository + "/blobs/" + blob.digest()));
        return once.ask(Scope.push(repository), head, answer -> {
            if (answer.status() != Answer.OK && answer.status() != Answer.NOT_FOUND) {
                throw RegistryFailure.of(client.purpose(), answer);
            }
            answer.close();
            return answer.status() == Answer.OK;
        });
    }

    private BlobStage sent() {
        long offset = 0;
        if (location.isPresent()) {
            offset = resumed().orElse(0);
            received = Math.max(received, offset);
        }
        if (offset == 0) {
            if (begun()) {
                return BlobStage.MOUNTED;
            }
        }
        telling.blob(blob.digest(), BlobStage.UPLOADING, offset);
        if (blob.size() <= SMALL) {
            finish(Optional.of(body(0)));
        } else {
            if (offset < blob.size()) {
                patch(offset);
            }
            finish(Optional.empty());
        }
        return BlobStage.DONE;
    }

    /// How many bytes the registry has; empty when it has lost the upload, or has so few that it cannot say.
    private OptionalLong resumed() {
        if (blob.size() <= SMALL) {
            return OptionalLong.empty();
        }
        return once.ask(Scope.push(repository), Call.of("GET", location.orElseThrow()), answer -> {
            try (answer) {
                Optional<Matcher> range =
                        answer.header("Range").map(RANGE::matcher).filter(Matcher::matches);
                if (answer.status() != Answer.NO_CONTENT || range.isEmpty()) {
                    return OptionalLong.empty();
                }
                follow(answer);
                long last = Long.parseLong(range.get().group(1));
                return last == 0 || last >= blob.size() ? OptionalLong.empty() : OptionalLong.of(last + 1);
            }
        });
    }

    /// @return whether that was all: the registry had it elsewhere
    private boolean begun() {
        for (String relative : relatives) {
            String path = repository + "/blobs/uploads/?mount=" + blob.digest() + "&from=" + relative;
            int status = begin(path, Scope.push(repository).and(Scope.pull(relative)));
            if (status == Answer.CREATED) {
                return true;
            }
            if (status == Answer.ACCEPTED) {
                return false;
            }
        }
        begin(repository + "/blobs/uploads/", Scope.push(repository));
        return false;
    }

    private int begin(String path, Scope scope) {
        boolean mounts = path.contains("?mount=");
        Call post = Call.of("POST", client.at(path)).with(Call.Body.of(new byte[0]));
        return once.ask(scope, post, answer -> {
            int status = answer.status();
            boolean begun = status == Answer.ACCEPTED;
            if (!begun && !mounts) {
                throw RegistryFailure.of(client.purpose(), answer);
            }
            try (answer) {
                if (begun) {
                    follow(answer);
                }
                return status;
            }
        });
    }

    private void follow(Answer answer) {
        location = UploadPlace.of(client.purpose(), answer);
        if (location.isEmpty() && answer.status() == Answer.ACCEPTED) {
            throw new UnavailableException(
                    client.purpose().operation(),
                    client.purpose().subject(),
                    "the registry does not say where it takes the blob",
                    "tell who runs it");
        }
    }

    private void patch(long offset) {
        Call patch = Call.of("PATCH", location.orElseThrow())
                .with("Content-Type", "application/octet-stream")
                .with(body(offset));
        Call part = offset == 0 ? patch : patch.with("Content-Range", offset + "-" + (blob.size() - 1));
        once.ask(Scope.push(repository), part, answer -> {
            if (answer.status() != Answer.ACCEPTED && answer.status() != Answer.NO_CONTENT) {
                throw RegistryFailure.of(client.purpose(), answer);
            }
            try (answer) {
                follow(answer);
                return answer.status();
            }
        });
    }

    private void finish(Optional<Call.Body> body) {
        URI place = location.orElseThrow();
        String joint = place.getRawQuery() == null ? "?" : "&";
        Call put = Call.of("PUT", URI.create(place + joint + "digest=" + blob.digest()))
                .with("Content-Type", "application/octet-stream")
                .with(body.orElseGet(() -> Call.Body.of(new byte[0])));
        once.ask(Scope.push(repository), put, answer -> {
            if (answer.status() != Answer.CREATED && answer.status() != Answer.NO_CONTENT) {
                throw RegistryFailure.of(client.purpose(), answer);
            }
            answer.close();
            return answer.status();
        });
    }

    private Call.Body body(long offset) {
        return new Call.Body(blob.size() - offset, () -> new Counted(from(offset), offset));
    }

    private InputStream from(long offset) {
        InputStream stream = image.open(blob.digest());
        try {
            stream.skipNBytes(offset);
            return stream;
        } catch (IOException shorter) {
            throw new CorruptedException(
                    client.purpose().operation(),
                    "blob " + blob.digest(),
                    "it is damaged on disk",
                    "get its image again");
        }
    }

    private final class Counted extends FilterInputStream {
        private long done;

        Counted(InputStream stream, long offset) {
            super(stream);
            done = offset;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                done += count;
                telling.blob(blob.digest(), BlobStage.UPLOADING, done);
            }
            return count;
        }
    }
}
