package io.darsena.engine.registry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a token is to allow (Docker's token authentication, scope): each as `repository:library/debian:pull`.
record Scope(List<String> parts) {

    static final Scope NONE = new Scope(List.of());
    static final Scope CATALOG = new Scope(List.of("registry:catalog:*"));

    Scope {
        parts = List.copyOf(parts);
    }

    static Scope pull(String repository) {
        return new Scope(List.of("repository:" + repository + ":pull"));
    }

    static Scope push(String repository) {
        return new Scope(List.of("repository:" + repository + ":pull,push"));
    }

    static Scope delete(String repository) {
        return new Scope(List.of("repository:" + repository + ":pull,delete"));
    }

    /// To mount a blob the other repository must be readable too.
    Scope and(Scope other) {
        Set<String> all = new LinkedHashSet<>(parts);
        all.addAll(other.parts);
        return new Scope(new ArrayList<>(all));
    }
}
