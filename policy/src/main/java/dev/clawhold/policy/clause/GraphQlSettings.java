package dev.clawhold.policy.clause;

import dev.clawhold.policy.content.OperationType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How the bodies of a GraphQL endpoint are read.
///
/// @param mostBytes of a body, 1 to 16,777,216
/// @param registered the persisted queries that may be named by an id; empty where none may
public record GraphQlSettings(int mostBytes, Map<String, Persisted> registered) {

    /// What a persisted query does, as the operator says.
    ///
    /// @param fields root fields
    public record Persisted(OperationType type, Optional<String> name, Set<String> fields) {
        public Persisted {
            fields = Set.copyOf(fields);
        }
    }

    public static final GraphQlSettings DEFAULT = new GraphQlSettings(65_536, Map.of());

    public GraphQlSettings {
        registered = Map.copyOf(registered);
    }
}
