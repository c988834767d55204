package dev.clawhold.policyfile;

import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.content.OperationType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Clauses about GraphQL operations.
record GraphQlClauseReader(Problems problems, PatternReader patterns) {
    private static final Map<String, OperationType> TYPES =
            Map.of(
                    "query", OperationType.QUERY,
                    "mutation", OperationType.MUTATION,
                    "subscription", OperationType.SUBSCRIPTION);

    Optional<GraphQlClause> read(Section clause) {
        clause.require("operation_type");
        var type = clause.scalar("operation_type", "a type of operation");
        boolean every = type.map(t -> t.text().equals("*")).orElse(false);
        var read =
                type.filter(_ -> !every)
                        .flatMap(t ->
                                type(
                                        clause,
                                        t,
                                        List.of("query", "mutation", "subscription", "*"),
                                        problems));
        var name = clause.scalar("operation_name", "a pattern").flatMap(patterns::value);
        clause.refuseEmpty("fields", "nothing could match");
        var fields = patterns.values(clause.texts("fields"));
        return every || read.isPresent()
                ? Optional.of(new GraphQlClause(read, name, fields, clause.place().line()))
                : Optional.empty();
    }

    /// A type of operation by its name, which capitals spell too.
    ///
    /// @param words that are suggested for one that is unknown
    static Optional<OperationType> type(
            Section section, Node.Scalar scalar, List<String> words, Problems problems) {
        var text = scalar.text();
        var lower = text.toLowerCase(Locale.ROOT);
        boolean capitals = text.equals(text.toUpperCase(Locale.ROOT));
        var type = Optional.ofNullable(TYPES.get(capitals ? lower : text));
        if (type.isEmpty()) {
            section.notOneOf(scalar, "operation_type", words);
        } else if (capitals) {
            problems.add(
                    scalar.place(), Code.W19, Quote.of(text) + " is taken as " + Quote.of(lower));
        }
        return type;
    }
}
