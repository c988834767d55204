package dev.clawhold.policy.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The members of a GraphQL request's JSON form.
final class GraphQlEntries {
    /// What a server may look for in a request.
    static final List<String> MEMBERS =
            List.of("query", "operationName", "variables", "extensions", "documentId", "id");

    private static final int LARGEST_BATCH = 1_000;

    private GraphQlEntries() {}

    static List<GraphQlRequest.Entry> ofJson(JsonValue value, GraphQlParameters parameters)
            throws MalformedException {
        if (!(value instanceof JsonValue.Items(var values))) {
            return List.of(ofOne(value, parameters));
        }
        if (values.isEmpty() || values.size() > LARGEST_BATCH) {
            throw malformed("a batch of none or of more than 1000 requests");
        }
        var entries = new ArrayList<GraphQlRequest.Entry>();
        for (var one : values) {
            entries.add(ofOne(one, parameters));
        }
        return entries;
    }

    private static GraphQlRequest.Entry ofOne(JsonValue value, GraphQlParameters parameters)
            throws MalformedException {
        if (!(value instanceof JsonValue.Fields fields)) {
            throw malformed("a request is not an object");
        }
        for (var member : MEMBERS) {
            if (fields.hasVariantOf(member)) {
                throw malformed("a member differs from a known one in letter case");
            }
        }
        object(fields.get("variables"));
        var extensions = object(fields.get("extensions"));
        var operationName = text(fields.get("operationName"));
        parameters.requireOnly(operationName);
        return entry(
                text(fields.get("query")),
                operationName,
                hash(extensions),
                text(fields.get("documentId")),
                fields.get("id"));
    }

    private static GraphQlRequest.Entry entry(
            Optional<String> query,
            Optional<String> operationName,
            Optional<String> hash,
            Optional<String> documentId,
            Optional<JsonValue> id)
            throws MalformedException {
        if (query.isPresent()) {
            if (documentId.isPresent()) {
                throw malformed("a text and a `documentId`");
            }
            return ofText(query.get(), operationName);
        }
        // Beside a text an `id` may be a mere number of the request; alone it is the document's.
        return registered(List.of(hash, documentId, text(id)));
    }

    static GraphQlRequest.Entry ofText(String document, Optional<String> operationName)
            throws MalformedException {
        return switch (GraphQlOperation.read(document, operationName)) {
            case GraphQlOperation.Read.Good(var operation) ->
                    new GraphQlRequest.Entry.Text(operation);
            case GraphQlOperation.Read.Bad(var message) -> throw malformed(message);
        };
    }

    /// @param ways in which a document can be named, of which one must be used
    static GraphQlRequest.Entry registered(List<Optional<String>> ways) throws MalformedException {
        var ids = ways.stream().flatMap(Optional::stream).distinct().toList();
        if (ids.size() != 1 || ids.getFirst().isEmpty()) {
            throw malformed("neither a text nor one registered name");
        }
        return new GraphQlRequest.Entry.Registered(ids.getFirst());
    }

    /// The hash of a persisted query, as Apollo's clients send it.
    static Optional<String> hash(Optional<JsonValue.Fields> extensions) throws MalformedException {
        if (extensions.isEmpty()) {
            return Optional.empty();
        }
        var persisted = object(known(extensions.get(), "persistedQuery"));
        return persisted.isEmpty() ? Optional.empty() : text(known(persisted.get(), "sha256Hash"));
    }

    private static Optional<JsonValue> known(JsonValue.Fields fields, String name)
            throws MalformedException {
        if (fields.hasVariantOf(name)) {
            throw malformed("a member differs from a known one in letter case");
        }
        return fields.get(name);
    }

    /// A member that is an object, or as good as absent when it is null.
    static Optional<JsonValue.Fields> object(Optional<JsonValue> member) throws MalformedException {
        return switch (member.orElse(new JsonValue.Null())) {
            case JsonValue.Fields fields -> Optional.of(fields);
            case JsonValue.Null() -> Optional.empty();
            case JsonValue.Text _, JsonValue.Numeral _, JsonValue.Bool _, JsonValue.Items _ ->
                    throw malformed("a member is not an object");
        };
    }

    private static Optional<String> text(Optional<JsonValue> member) throws MalformedException {
        return switch (member.orElse(new JsonValue.Null())) {
            case JsonValue.Text(var text) -> Optional.of(text);
            case JsonValue.Null() -> Optional.empty();
            case JsonValue.Fields _, JsonValue.Numeral _, JsonValue.Bool _, JsonValue.Items _ ->
                    throw malformed("a member is not a text");
        };
    }

    static MalformedException malformed(String message) {
        return new MalformedException(message, 0);
    }
}
