package io.darsena.app.registries;

/// What can be asked of a registry from elsewhere in the window, as its menu has it.
public enum RegistryDeed {
    SHOW,
    TEST,
    LOG_IN,
    LOG_OUT,
    SHOW_SETTINGS,
    REMOVE
}
