package io.darsena.app.run;

/// What is typed in the dialog as one line of text.
public enum RunField {
    IMAGE,
    NAME,
    COMMAND,
    MEMORY,
    CPUS,
    PROCESSES,
    HOSTNAME,
    USER,
    WORKING_DIRECTORY
}
