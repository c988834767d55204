package dev.clawhold.policyfile.learn;

import dev.clawhold.policy.program.Program;
import java.time.Instant;
import java.util.Optional;

/// One thing that a program was seen to try.
///
/// @param host as it was recorded; it may be malformed
/// @param port as it was recorded
/// @param request empty for a connection
/// @param reason the code of a denial; what allowed it otherwise
public record Observation(
        Instant time,
        Program program,
        String host,
        int port,
        Optional<Request> request,
        Outcome outcome,
        String reason) {

    /// An HTTP request.
    ///
    /// @param path without its query
    public record Request(String method, String path) {}

    /// What became of it.
    public enum Outcome {
        ALLOWED,
        /// The connection went out, and each request on it was judged.
        INSPECTED,
        ASKED,
        DENIED
    }
}
