package io.darsena.engine.registry;

/// A signature as a registry gave it, believed in nothing.
///
/// @param payload what was signed (cosign's "simple signing" document)
/// @param signature in base64, as the annotation has it
public record FoundSignature(byte[] payload, String signature) {}
