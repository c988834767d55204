package dev.clawhold.policy.content;

import java.util.List;
import java.util.Map;

/// What one HTTP request or WebSocket message asks of a GraphQL server.
///
/// Members and parameters that a server may read beside those that name the document make a request
/// malformed where two readers could see two documents: repeated ones, ones that differ in letter
/// case alone, a document in the body's own place and in the target.
///
/// @param entries in order; one, but for a batch
public record GraphQlRequest(List<Entry> entries) {

    /// Copies the entries.
    public GraphQlRequest {
        entries = List.copyOf(entries);
    }

    /// One operation of a request.
    public sealed interface Entry {
        /// Its text came along; a hash beside it says nothing more.
        record Text(GraphQlOperation operation) implements Entry {}

        /// Only what it is registered under came along.
        ///
        /// @param id a hash (`extensions.persistedQuery.sha256Hash`), a `documentId` or an `id`
        record Registered(String id) implements Entry {}
    }

    /// What became of a request.
    public sealed interface Read {
        /// It can be judged.
        record Good(GraphQlRequest request) implements Read {}

        /// It cannot.
        ///
        /// @param message what is wrong, in words, without any of the text
        record Bad(String message) implements Read {}
    }

    /// Reads a POST whose body is JSON: an object, or an array of 1 to 1,000 of them.
    ///
    /// @param parameters of the target's query, decoded, in order; of those that a server could
    ///   take for the body's members only an equal `operationName` is accepted
    public static Read ofJson(byte[] body, List<Map.Entry<String, String>> parameters) {
        return switch (Json.read(body)) {
            case Json.Read.Good(var value) ->
                    read(() -> GraphQlEntries.ofJson(value, GraphQlParameters.of(parameters)));
            case Json.Read.Bad(var message, _) -> new Read.Bad(message);
        };
    }

    /// As above, where the JSON is read already: a message on a WebSocket, for one.
    public static Read of(JsonValue value) {
        return read(() -> GraphQlEntries.ofJson(value, GraphQlParameters.of(List.of())));
    }

    /// Reads a POST of `application/graphql`, whose body is the document.
    ///
    /// @param parameters of the target's query, which may hold `operationName`, `variables` and
    ///   `extensions`
    public static Read ofText(byte[] body, List<Map.Entry<String, String>> parameters) {
        return Utf8.decode(body)
                .map(text -> read(() -> GraphQlParameters.of(parameters).beside(text)))
                .orElseGet(() -> new Read.Bad("not UTF-8"));
    }

    /// Reads a GET.
    ///
    /// @param parameters of the target's query, decoded, in order
    public static Read ofParameters(List<Map.Entry<String, String>> parameters) {
        return read(() -> GraphQlParameters.of(parameters).alone());
    }

    private static Read read(Reading reading) {
        try {
            return new Read.Good(new GraphQlRequest(reading.entries()));
        } catch (MalformedException malformed) {
            return new Read.Bad(malformed.message());
        }
    }

    @FunctionalInterface
    private interface Reading {
        List<Entry> entries() throws MalformedException;
    }
}
