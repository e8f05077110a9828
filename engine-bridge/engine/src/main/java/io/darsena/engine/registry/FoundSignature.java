package io.darsena.engine.registry;

/// A signature as a registry gave it, believed in nothing.
public sealed interface FoundSignature {

    /// In cosign's first layout: what is signed is a document of its own.
    ///
    /// @param payload what was signed (cosign's "simple signing" document)
    /// @param signature in base64, as the annotation has it
    record Simple(byte[] payload, String signature) implements FoundSignature {}

    /// In a Sigstore bundle: what is signed is an envelope's (DSSE) payload together with its type.
    ///
    /// @param payload an in-toto statement that says it is a signature of cosign's
    record Enveloped(String payloadType, byte[] payload, byte[] signature) implements FoundSignature {

        /// The payload's type, of every statement.
        public static final String STATEMENT = "application/vnd.in-toto+json";

        /// The predicate's type that makes a statement a signature. Others tell of provenance, of contents, of tests.
        public static final String PREDICATE = "https://sigstore.dev/cosign/sign/v1";
    }

    /// Something stands where a signature should, and hides no other.
    record Unreadable(String reason) implements FoundSignature {}
}
