package dev.clawhold.policy.content;

/// What a GraphQL operation does.
public enum OperationType {
    /// Reads.
    QUERY,
    /// Writes, then reads.
    MUTATION,
    /// Reads as long as it lasts.
    SUBSCRIPTION
}
