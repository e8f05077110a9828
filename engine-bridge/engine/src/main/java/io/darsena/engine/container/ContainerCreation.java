package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.image.Image;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Consumer;

/// Makes containers: everything that can be refused is refused before anything is made; the directory comes before
/// the row, so that a crash leaves a directory without one, which the next engine deletes.
final class ContainerCreation {

    private static final int ID_BYTES = 32;

    private final ContainerSurroundings around;
    private final ContainerNames names;
    private final SecureRandom random = new SecureRandom();

    ContainerCreation(ContainerSurroundings around, ContainerNames names) {
        this.around = around;
        this.names = names;
    }

    /// @param born takes the container that is there now, whole
    ContainerId create(ContainerSpec spec, Consumer<ContainerRecord> born) {
        String subject = spec.name().map(name -> " " + name).orElse("");
        Image image = around.images().require("create container" + subject + " from", spec.image());
        around.runtime().expectStart();
        ContainerId id = newId();
        ContainerDefinition definition = SpecResolution.resolve(id, spec.name().orElse(""), spec, image, Instant.now());
        ContainerStart.requireLimits("create", spec.name().orElse(""), spec.limits(), around);
        String name = names.claim(spec.name(), id);
        ContainerDirectory directory = new ContainerDirectory(around.paths(), around.runtime(), id);
        try {
            ContainerRecord record = ContainerRecord.created(definition, name);
            directory.create(definition, around.images().rootDirectory(image.id()));
            around.rows().insert(record);
            born.accept(record);
            return id;
        } catch (RuntimeException failure) {
            undo(failure, directory);
            names.release(name, id);
            // The image may have been removed meanwhile: then this says so.
            around.images().require("create container" + subject + " from", spec.image());
            throw failure instanceof UncheckedIOException disk
                    ? new FailedException("create", "container " + name, String.valueOf(disk.getMessage()), "")
                    : failure;
        }
    }

    private static void undo(RuntimeException failure, ContainerDirectory directory) {
        try {
            directory.delete();
        } catch (RuntimeException remains) {
            failure.addSuppressed(remains);
        }
    }

    private ContainerId newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return new ContainerId(HexFormat.of().formatHex(bytes));
    }
}
