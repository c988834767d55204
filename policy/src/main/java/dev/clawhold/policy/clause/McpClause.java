package dev.clawhold.policy.clause;

import dev.clawhold.policy.glob.Glob;
import java.util.Map;
import java.util.Optional;

/// One line about calls of the Model Context Protocol.
///
/// @param method a pattern; empty: `tools/call` where the clause is about tools, else every method
///   of the profile
/// @param tool what the tool's name has to look like
/// @param arguments what each named argument of the tool has to look like
/// @param line where it begins in its file, from 1; 0 without a file
public record McpClause(
        Optional<Glob> method,
        Optional<ValueMatcher> tool,
        Map<String, ValueMatcher> arguments,
        int line) {
    public McpClause {
        arguments = Map.copyOf(arguments);
    }

    /// Whether it is about single tools or what they are given.
    public boolean isAboutTools() {
        return tool.isPresent() || !arguments.isEmpty();
    }
}
