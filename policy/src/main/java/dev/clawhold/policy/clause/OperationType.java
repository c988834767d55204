package dev.clawhold.policy.clause;

/// What a GraphQL operation does (GraphQL, October 2021, § 2.3).
public enum OperationType {
    QUERY,
    MUTATION,
    SUBSCRIPTION
}
