package io.darsena.bridge.trash;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.NotFoundException;
import java.util.List;
import java.util.Locale;

/// What every engine answers when something cannot be put into the trash, taken out of it, or is there: the same words
/// everywhere.
public final class TrashRefusal {

    private TrashRefusal() {}

    /// Whether a container in this state can be put into the trash.
    public static boolean accepts(ContainerStatus status) {
        return status == ContainerStatus.CREATED || status == ContainerStatus.EXITED;
    }

    /// `cannot trash container web-1: it is running; stop it first`
    public static ConflictException put(String name, ContainerStatus status) {
        String remedy = switch (status) {
            case RUNNING, PAUSED, RESTARTING -> "stop it first";
            case REMOVING -> "it will be gone in a moment";
            case DEAD -> "it can only be removed; remove it";
            case CREATED, EXITED -> "try again";
        };
        return new ConflictException("trash", "container " + name, "it is " + word(status), remedy);
    }

    /// Its purge has begun.
    public static ConflictException restore(Container container) {
        return new ConflictException(
                "restore",
                "container " + container.name(),
                container.status() == ContainerStatus.DEAD
                        ? "some of it is deleted already, after a purge that failed"
                        : "it is being purged",
                container.status() == ContainerStatus.DEAD ? "purge it again" : "it will be gone in a moment");
    }

    public static NotFoundException notThere(String operation, ContainerId id) {
        return new NotFoundException(operation, "container " + id.shortId(), "it is not in the trash", "");
    }

    /// Answers a request of a container that is in the trash.
    public static NotFoundException isThere(String operation, String name) {
        return new NotFoundException(operation, "container " + name, "it is in the trash", "restore it first");
    }

    /// Answers the removal of an image.
    ///
    /// @param users names of what is in the trash and made from the image
    public static ConflictException pinned(String image, List<String> users) {
        boolean one = users.size() == 1;
        return new ConflictException(
                "remove",
                "image " + image,
                (one ? "container " : "containers ")
                        + String.join(", ", users)
                        + (one ? " in the trash uses it" : " in the trash use it"),
                "purge " + (one ? "it" : "them") + " first, or force the image's removal");
    }

    private static String word(ContainerStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
