package io.darsena.app.registries;

/// The tabs above the list: there is one kind of registries.
enum RegistryFilter {
    ALL
}
