package io.darsena.app.run;

import io.darsena.app.session.EngineSession;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Finds what is wrong with a field before an engine is asked. It answers with a key of the message bundles.
final class RunProblems {

    private static final double LEAST_CPUS = 0.01;
    private static final int MOST_CPUS = 4096;

    private final EngineSession session;

    RunProblems(EngineSession session) {
        this.session = session;
    }

    /// A blank field has no problem: it means "as the image says", except for the image itself, which is then missing.
    Optional<String> of(RunField field, String text) {
        if (text.isBlank()) {
            return unless(field != RunField.IMAGE || !session.images().isEmpty(), "run.problem.noImage");
        }
        String typed = text.strip();
        return switch (field) {
            case IMAGE -> unless(image(typed).isPresent() || reference(typed).isPresent(), "run.problem.image");
            case NAME -> name(typed);
            case COMMAND -> unless(CommandWords.of(text).isFinished(), "run.problem.command");
            case MEMORY -> memory(TypedLimits.memory(typed));
            case CPUS -> cpus(TypedLimits.cpus(typed));
            case PROCESSES ->
                unless(
                        TypedLimits.count(typed).isPresent()
                                && TypedLimits.count(typed).getAsLong() > 0,
                        "run.problem.processes");
            case HOSTNAME -> unless(isHostname(typed), "run.problem.hostname");
            case USER ->
                unless(typed.matches("[a-zA-Z0-9_][a-zA-Z0-9_.-]*(:[a-zA-Z0-9_][a-zA-Z0-9_.-]*)?"), "run.problem.user");
            case WORKING_DIRECTORY -> unless(typed.startsWith("/"), "run.problem.directory");
        };
    }

    private static Optional<String> unless(boolean right, String key) {
        return right ? Optional.empty() : Optional.of(key);
    }

    private Optional<String> name(String typed) {
        if (!ContainerSpec.NAME.matcher(typed).matches()) {
            return Optional.of("run.problem.name");
        }
        boolean taken = session.containers().values().stream()
                .anyMatch(container -> container.name().equals(typed));
        return unless(!taken, "run.problem.nameTaken");
    }

    private static Optional<String> memory(OptionalLong bytes) {
        if (bytes.isEmpty()) {
            return Optional.of("run.problem.memory");
        }
        return unless(bytes.getAsLong() >= ResourceLimits.LEAST_MEMORY, "run.problem.memoryLeast");
    }

    private static Optional<String> cpus(OptionalDouble cpus) {
        return unless(
                cpus.isPresent() && cpus.getAsDouble() >= LEAST_CPUS && cpus.getAsDouble() <= MOST_CPUS,
                "run.problem.cpus");
    }

    private static boolean isHostname(String typed) {
        try {
            ContainerSpec.of("any").withHostname(typed);
            return true;
        } catch (IllegalArgumentException wrong) {
            return false;
        }
    }

    /// The image of the cache that a person means, by name or by the beginning of its id.
    Optional<Image> image(String typed) {
        Optional<ImageReference> reference = reference(typed);
        return session.images().values().stream()
                .filter(image -> reference.filter(image.names()::contains).isPresent() || hasId(image, typed))
                .findFirst();
    }

    /// What has to be pulled first: a name that no image bears here.
    Optional<ImageReference> missing(String typed) {
        return image(typed).isPresent() ? Optional.empty() : reference(typed);
    }

    private static Optional<ImageReference> reference(String typed) {
        try {
            return Optional.of(ImageReference.parse(typed));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static boolean hasId(Image image, String typed) {
        String hex = typed.startsWith("sha256:") ? typed.substring("sha256:".length()) : typed;
        return hex.matches("[0-9a-f]{4,64}") && image.id().digest().hex().startsWith(hex);
    }
}
