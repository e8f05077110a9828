package io.darsena.runtime.seccomp;

import java.io.InputStream;

/// The package's own data files.
final class SeccompResource {

    private SeccompResource() {}

    static InputStream open(String name) {
        InputStream stream = SeccompResource.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("the resource " + name + " is missing: this installation is damaged");
        }
        return stream;
    }
}
