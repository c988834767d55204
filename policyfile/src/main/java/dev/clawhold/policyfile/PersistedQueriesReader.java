package dev.clawhold.policyfile;

import dev.clawhold.policy.clause.GraphQlSettings.Persisted;
import dev.clawhold.policy.content.OperationType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Persisted GraphQL queries that an endpoint knows.
record PersistedQueriesReader(Problems problems) {
    private static final List<String> TYPES = List.of("query", "mutation", "subscription");

    /// Those that may be named; none without `allow_registered`.
    Map<String, Persisted> read(Section endpoint) {
        boolean allowed =
                endpoint.choice(
                                "persisted_queries",
                                Map.of("deny", false, "allow_registered", true))
                        .orElse(false);
        var registered = new HashMap<String, Persisted>();
        var queries =
                endpoint.get("graphql_persisted_queries")
                        .flatMap(node -> Section.map(node, "graphql_persisted_queries", problems));
        for (var field : queries.map(Section::fields).orElse(List.of())) {
            Section.of(
                            field.value(),
                            "a persisted query",
                            "a persisted query",
                            problems,
                            List.of("operation_type", "operation_name", "fields"))
                    .flatMap(this::query)
                    .ifPresent(query -> registered.put(field.key().text(), query));
        }
        if (!allowed && queries.isPresent()) {
            problems.add(
                    endpoint.place("graphql_persisted_queries"),
                    Code.W20,
                    "persisted queries have no effect while they are denied",
                    "write `persisted_queries: allow_registered` if they are meant");
        }
        return allowed ? registered : Map.of();
    }

    private Optional<Persisted> query(Section query) {
        query.require("operation_type");
        Optional<OperationType> type =
                query.scalar("operation_type", "a type of operation")
                        .flatMap(t -> GraphQlClauseReader.type(query, t, TYPES, problems));
        var name = query.text("operation_name");
        var fields =
                query.texts("fields").stream()
                        .map(Node.Scalar::text)
                        .collect(Collectors.toUnmodifiableSet());
        return type.map(t -> new Persisted(t, name, fields));
    }
}
