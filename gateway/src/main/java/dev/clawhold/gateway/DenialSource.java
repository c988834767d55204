package dev.clawhold.gateway;

/// Knows the answer to a refused connection, and what to do once it is known what was asked.
@FunctionalInterface
interface DenialSource {
    /// The answer to a request that could not be read.
    Denial denial();

    /// The answer to this HTTP request. Called once at most, on the [DenialServer]'s thread, before
    /// anything is sent; if it throws, the connection is closed without an answer.
    ///
    /// @param path without its query
    default Denial denial(String method, String path) {
        return denial().about(method, path);
    }
}
