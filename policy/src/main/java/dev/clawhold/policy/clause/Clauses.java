package dev.clawhold.policy.clause;

import java.util.List;

/// The clauses of one endpoint, in file order, by what they say about a request that they match.
public record Clauses<C>(List<C> allow, List<C> ask, List<C> deny) {
    public Clauses {
        allow = List.copyOf(allow);
        ask = List.copyOf(ask);
        deny = List.copyOf(deny);
    }

    /// None at all.
    public static <C> Clauses<C> none() {
        return new Clauses<>(List.of(), List.of(), List.of());
    }

    /// Clauses that only allow.
    public static <C> Clauses<C> allowing(List<C> allow) {
        return new Clauses<>(allow, List.of(), List.of());
    }

    public boolean isEmpty() {
        return allow.isEmpty() && ask.isEmpty() && deny.isEmpty();
    }
}
