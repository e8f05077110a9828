package io.darsena.app.trash;

/// What can be asked of what lies in the trash from elsewhere in the window, as its menu has it.
public enum TrashDeed {
    RESTORE,
    PURGE
}
