package io.darsena.app.trash;

/// The tabs above the list: there is only one.
enum TrashFilter {
    ALL
}
