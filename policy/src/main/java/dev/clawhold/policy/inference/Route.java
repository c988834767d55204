package dev.clawhold.policy.inference;

import dev.clawhold.policy.glob.Glob;
import java.util.List;
import java.util.Optional;

/// Where calls to some models go.
///
/// @param model which models, of the kind `VALUE`
/// @param to in the order in which they are tried
/// @param line where it begins in its file, from 1; 0 without a file
public record Route(Glob model, List<Target> to, int line) {

    /// One that may answer.
    ///
    /// @param provider its name
    /// @param model what it is asked for instead; empty: what the client asks for
    /// @param leavesHost whether calls may leave the machine though an earlier target is on it
    public record Target(String provider, Optional<String> model, boolean leavesHost) {}

    public Route {
        to = List.copyOf(to);
    }
}
