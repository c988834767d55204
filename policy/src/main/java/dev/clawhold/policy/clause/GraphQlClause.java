package dev.clawhold.policy.clause;

import dev.clawhold.policy.content.OperationType;
import dev.clawhold.policy.glob.Glob;
import java.util.List;
import java.util.Optional;

/// One line about GraphQL operations.
///
/// @param type empty: every type
/// @param name of the operation; empty: every name, also none
/// @param fields patterns of root fields; empty: every field
/// @param line where it begins in its file, from 1; 0 without a file
public record GraphQlClause(
        Optional<OperationType> type, Optional<Glob> name, List<Glob> fields, int line) {
    public GraphQlClause {
        fields = List.copyOf(fields);
    }
}
