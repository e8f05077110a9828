package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.NameSuggestion;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.trash.RestoredName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Who bears which name. A name is claimed before anything is made, so that of two who want it one gets it.
final class ContainerNames {

    private final Map<String, ContainerId> holders = new HashMap<>();

    /// @return the name wished for, or a pleasant one
    synchronized String claim(Optional<String> wish, ContainerId id) {
        String name = wish.orElseGet(() -> NameSuggestion.next(ThreadLocalRandom.current(), holders::containsKey));
        take("create", name, id);
        return name;
    }

    /// @return its name, or when another has taken that a fresh one made from it
    synchronized String claimAgain(String name, ContainerId id) {
        String free = RestoredName.of(name, holders::containsKey);
        take("restore", free, id);
        return free;
    }

    synchronized void take(String operation, String name, ContainerId id) {
        if (!ContainerSpec.NAME.matcher(name).matches()) {
            throw new InvalidRequestException(
                    operation,
                    "container " + name,
                    "the name is not valid",
                    "use letters, digits, '_', '.' and '-', beginning with a letter or digit, at most 128");
        }
        ContainerId holder = holders.putIfAbsent(name, id);
        if (holder != null && !holder.equals(id)) {
            throw new ConflictException(
                    operation,
                    "container " + name,
                    "the name is taken by container " + holder.shortId(),
                    "choose another, or remove or rename that one");
        }
    }

    synchronized void release(String name, ContainerId id) {
        holders.remove(name, id);
    }

    synchronized Optional<ContainerId> holder(String name) {
        return Optional.ofNullable(holders.get(name));
    }
}
