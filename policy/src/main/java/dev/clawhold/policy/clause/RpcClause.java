package dev.clawhold.policy.clause;

import java.util.Optional;

/// One line about JSON-RPC calls; their parameters are never looked at.
///
/// @param method exact; empty: every method
/// @param line where it begins in its file, from 1; 0 without a file
public record RpcClause(Optional<String> method, int line) {
    public boolean takes(String name) {
        return method.isEmpty() || method.get().equals(name);
    }
}
