package io.darsena.runtime.cgroup;

import java.nio.file.Path;
import java.util.Set;

/// A directory of one hierarchy, and what can be controlled in it.
record GroupDirectory(Path directory, boolean unified, Set<Controller> controllers) {

    GroupDirectory {
        controllers = Set.copyOf(controllers);
    }

    GroupDirectory child(String name) {
        return new GroupDirectory(directory.resolve(name), unified, controllers);
    }

    boolean provides(Controller controller) {
        return controllers.contains(controller);
    }

    Path file(String name) {
        return directory.resolve(name);
    }
}
