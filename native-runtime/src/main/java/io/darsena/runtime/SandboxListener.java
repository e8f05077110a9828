package io.darsena.runtime;

/// Hears of a sandbox's end.
@FunctionalInterface
public interface SandboxListener {

    void ended(SandboxExit exit);
}
