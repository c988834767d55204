package dev.clawhold.policy.clause;

import java.util.Optional;

/// Which credential is put in place on an endpoint's requests, and where.
///
/// @param provider its name; empty: none
/// @param inBodies whether placeholders in request bodies are replaced
/// @param inMessages whether placeholders in a WebSocket's text are replaced
public record CredentialUse(
        Optional<String> provider,
        boolean inBodies,
        boolean inMessages,
        Optional<Signing> signing) {

    /// Requests are signed instead (AWS Signature Version 4).
    ///
    /// @param service that the signature is for
    /// @param region empty: the one that the host names
    public record Signing(Mode mode, String service, Optional<String> region) {
        /// What becomes of the body.
        public enum Mode {
            /// Signed where it is small enough to be held.
            SIGV4,
            /// Always signed.
            SIGV4_BODY,
            /// Never signed.
            SIGV4_NO_BODY
        }
    }

    public static final CredentialUse NONE =
            new CredentialUse(Optional.empty(), false, false, Optional.empty());
}
