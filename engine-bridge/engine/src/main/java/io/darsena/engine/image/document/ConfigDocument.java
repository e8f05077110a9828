package io.darsena.engine.image.document;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.engine.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An image's config: how to run it, on what, and which layers it consists of (OCI image-spec, config).
///
/// @param created absent too when it is no date
/// @param diffIds lowest first
/// @param history its steps, of which those that are not empty made the layers; none where it does not tell of each
///     layer
public record ConfigDocument(
        Platform platform, Optional<Instant> created, ImageConfig config, List<DiffId> diffIds, List<Step> history) {

    public ConfigDocument {
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
    }

    /// One entry of the history.
    ///
    /// @param created absent too when it is no date
    /// @param empty it changed the configuration alone
    public record Step(Optional<Instant> created, String createdBy, String author, String comment, boolean empty) {}

    private static final Step UNTOLD = new Step(Optional.empty(), "", "", "", false);

    /// The history, or one step a layer without words where it does not tell of each.
    public List<Step> steps() {
        return history.isEmpty() ? Collections.nCopies(diffIds.size(), UNTOLD) : history;
    }

    /// For each layer the history's word for it, or an empty text.
    public List<String> createdBy() {
        return steps().stream()
                .filter(step -> !step.empty())
                .map(Step::createdBy)
                .toList();
    }

    /// @param document what error messages call it
    public static ConfigDocument parse(byte[] bytes, String document) {
        JsonObject object = JsonObject.parse(bytes, document);
        JsonObject rootfs = object.object("rootfs");
        if (!rootfs.text("type").equals("layers")) {
            throw rootfs.wrong("type '" + rootfs.text("type") + "' is not known, only 'layers'");
        }
        List<DiffId> diffIds = rootfs.texts("diff_ids").stream()
                .map(text -> rootfs.parsed(text, DiffId::parse))
                .toList();
        Platform platform = new Platform(object.text("os"), object.text("architecture"), object.textOrEmpty("variant"));
        return new ConfigDocument(
                platform,
                object.optionalText("created").flatMap(ConfigDocument::instant),
                object.optionalObject("config").map(ConfigDocument::run).orElse(EMPTY),
                diffIds,
                history(object, diffIds.size()));
    }

    private static final ImageConfig EMPTY =
            new ImageConfig(List.of(), List.of(), List.of(), "", "", "", List.of(), List.of(), Map.of());

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ImageConfig run(JsonObject config) {
        ImageConfig run = new ImageConfig(
                config.texts("Entrypoint"),
                config.texts("Cmd"),
                config.texts("Env"),
                config.textOrEmpty("WorkingDir"),
                config.textOrEmpty("User"),
                config.textOrEmpty("StopSignal"),
                List.copyOf(config.names("ExposedPorts")),
                List.copyOf(config.names("Volumes")),
                config.textMap("Labels"));
        List<String> passedToTheKernel = new ArrayList<>(run.entrypoint());
        passedToTheKernel.addAll(run.command());
        passedToTheKernel.addAll(run.environment());
        passedToTheKernel.addAll(List.of(run.workingDirectory(), run.user(), run.stopSignal()));
        if (passedToTheKernel.stream().anyMatch(text -> text.indexOf('\0') >= 0)) {
            throw config.wrong("a text in it contains a NUL character");
        }
        return run;
    }

    private static List<Step> history(JsonObject object, int layers) {
        List<Step> steps = object.objects("history").stream()
                .map(entry -> new Step(
                        entry.optionalText("created").flatMap(ConfigDocument::instant),
                        entry.textOrEmpty("created_by"),
                        entry.textOrEmpty("author"),
                        entry.textOrEmpty("comment"),
                        entry.flag("empty_layer")))
                .toList();
        return steps.stream().filter(step -> !step.empty()).count() == layers ? steps : List.of();
    }
}
