package io.darsena.docker.server;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.bridge.event.EngineEvent.ContainerChanged;
import io.darsena.bridge.event.EngineEvent.ContainerRemoved;
import io.darsena.bridge.event.EngineEvent.ImageAction;
import io.darsena.bridge.event.EngineEvent.ImageChanged;
import io.darsena.bridge.event.EngineEvent.ImageRemoved;
import io.darsena.bridge.event.EngineEvent.Snapshot;
import io.darsena.bridge.event.EngineEvent.Unreachable;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an engine tells, in Docker's words. Those name what was pulled, pushed or tagged, where the engine
/// tells the whole image: what is new of it is seen by what it was before. So is what a container was that is
/// gone. One of its own for each subscription, whose thread owns it.
final class EventWords {

    private final Map<ImageId, Image> before = new HashMap<>();
    private final Map<ContainerId, Container> containers = new HashMap<>();

    /// Empty for what Docker does not tell.
    Optional<DockerEvent> of(EngineEvent event) {
        return switch (event) {
            case Snapshot snapshot -> {
                before.clear();
                snapshot.images().forEach(image -> before.put(image.id(), image));
                containers.clear();
                snapshot.containers().forEach(container -> containers.put(container.id(), container));
                yield Optional.empty();
            }
            case ContainerChanged changed -> changed(changed);
            case ContainerRemoved removed -> Optional.of(removed(removed));
            case ImageChanged changed -> Optional.of(changed(changed));
            case ImageRemoved removed -> {
                before.remove(removed.id());
                yield Optional.of(
                        new DockerEvent("image", "delete", removed.id().toString(), Map.of(), removed.at()));
            }
            case EngineEvent.SettingsChanged changed ->
                Optional.of(new DockerEvent("daemon", "reload", "", Map.of("name", "darsena"), changed.at()));
            case EngineEvent.SyncChanged changed -> Optional.empty();
            case EngineEvent.TrustChanged changed -> Optional.empty();
            case EngineEvent.TrashChanged changed -> Optional.empty();
            case EngineEvent.TrashRemoved removed -> Optional.empty();
            case Unreachable unreachable -> Optional.empty();
        };
    }

    private DockerEvent changed(ImageChanged changed) {
        Image image = changed.image();
        Optional<Image> old = Optional.ofNullable(before.put(image.id(), image));
        Map<String, String> attributes = new LinkedHashMap<>(image.config().labels());
        String action = changed.action().name().toLowerCase(Locale.ROOT).replace("import", "load");
        if (changed.action() == ImageAction.PULL || changed.action() == ImageAction.PUSH) {
            Optional<ImageReference> name = transferred(old, image);
            attributes.put("name", name.map(ImageReference::familiarRepository).orElse(image.displayName()));
            String id = name.map(ImageReference::familiar).orElse(image.displayName());
            return new DockerEvent("image", action, id, attributes, changed.at());
        }
        attributes.put(
                "name",
                news(old.map(Image::names), image.names())
                        .map(ImageReference::familiar)
                        .orElse(image.displayName()));
        return new DockerEvent("image", action, image.id().toString(), attributes, changed.at());
    }

    /// The name that is new, or one of the repository of which a digest is new.
    private static Optional<ImageReference> transferred(Optional<Image> old, Image image) {
        return news(old.map(Image::names), image.names())
                .or(() -> news(old.map(Image::digests), image.digests())
                        .map(digest -> image.names().stream()
                                .filter(name -> name.registry().equals(digest.registry())
                                        && name.repository().equals(digest.repository()))
                                .findFirst()
                                .orElse(digest)));
    }

    private static Optional<ImageReference> news(Optional<List<ImageReference>> old, List<ImageReference> now) {
        return now.stream()
                .filter(name -> !old.orElse(List.of()).contains(name))
                .findFirst();
    }

    private DockerEvent removed(ContainerRemoved removed) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Optional.ofNullable(containers.remove(removed.id()))
                .ifPresent(container -> attributes.putAll(attributes(container)));
        attributes.put("name", removed.name());
        return new DockerEvent("container", "destroy", removed.id().toString(), attributes, removed.at());
    }

    /// Its labels and the image's, and what Docker adds to them.
    private Map<String, String> attributes(Container container) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Optional.ofNullable(before.get(container.image()))
                .ifPresent(image -> attributes.putAll(image.config().labels()));
        attributes.putAll(container.spec().labels());
        attributes.put("image", container.spec().image());
        attributes.put("name", container.name());
        return attributes;
    }

    private Optional<DockerEvent> changed(ContainerChanged changed) {
        Container container = changed.container();
        containers.put(container.id(), container);
        if (changed.action() == ContainerAction.ACTIVITY) {
            return Optional.empty();
        }
        Map<String, String> attributes = attributes(container);
        changed.end().ifPresent(end -> attributes.put("exitCode", Integer.toString(end.code())));
        return Optional.of(new DockerEvent(
                "container", word(changed.action()), container.id().toString(), attributes, changed.at()));
    }

    /// Docker knows no trash: what comes out of it is new.
    private static String word(ContainerAction action) {
        return (action == ContainerAction.RESTORE ? ContainerAction.CREATE : action)
                .name()
                .toLowerCase(Locale.ROOT);
    }
}
