package dev.clawhold.policyfile;

import java.util.List;
import java.util.Map;

/// Persisted GraphQL queries that an endpoint knows.
record PersistedQueriesReader(Problems problems) {

    void check(Section endpoint) {
        endpoint.choice("persisted_queries", Map.of("deny", false, "allow_registered", true));
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
                    .ifPresent(this::query);
        }
    }

    private void query(Section query) {
        if (!query.has("operation_type")) {
            problems.add(query.place(), Code.E06, "operation_type is missing");
        }
        query.choice("operation_type", Map.of("query", 0, "mutation", 1, "subscription", 2));
        query.text("operation_name");
        query.texts("fields");
    }
}
