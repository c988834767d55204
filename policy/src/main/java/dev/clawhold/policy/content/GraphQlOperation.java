package dev.clawhold.policy.content;

import java.util.Optional;
import java.util.Set;

/// The one operation that a GraphQL request asks for.
///
/// @param type what it does
/// @param name as written in the document, empty if it has none
/// @param rootFields the real names, not the aliases, of the fields at its top, fragments expanded,
///   without `__typename`; so there may be none
public record GraphQlOperation(OperationType type, Optional<String> name, Set<String> rootFields) {

    /// Copies the fields.
    public GraphQlOperation {
        rootFields = Set.copyOf(rootFields);
    }

    /// What became of a document.
    public sealed interface Read {
        /// The operation it asks for.
        record Good(GraphQlOperation operation) implements Read {}

        /// It is no executable document, or does not say which operation.
        ///
        /// @param message what is wrong, in words, without any of the text
        record Bad(String message) implements Read {}
    }

    /// Reads an executable document (GraphQL, October 2021, §§ 2 and 6.1) of at most 20,000 tokens
    /// and 128 levels, in time linear in its length.
    ///
    /// @param operationName the operation to choose; without it the document must have only one
    public static Read read(String document, Optional<String> operationName) {
        try {
            return new Read.Good(new GraphQlParser(document).document().operation(operationName));
        } catch (MalformedException malformed) {
            return new Read.Bad(malformed.message());
        }
    }
}
