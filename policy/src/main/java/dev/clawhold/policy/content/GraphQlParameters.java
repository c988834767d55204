package dev.clawhold.policy.content;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters of a GraphQL request's target; each name stands once.
record GraphQlParameters(Map<String, String> values) {

    static GraphQlParameters of(List<Map.Entry<String, String>> parameters)
            throws MalformedException {
        var values = new HashMap<String, String>();
        for (var parameter : parameters) {
            var name = parameter.getKey();
            boolean variant =
                    GraphQlEntries.MEMBERS.stream()
                            .anyMatch(known -> known.equalsIgnoreCase(name) && !known.equals(name));
            if (variant || values.put(name, parameter.getValue()) != null) {
                throw GraphQlEntries.malformed("a parameter is repeated");
            }
        }
        return new GraphQlParameters(values);
    }

    private Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// Beside a JSON body nothing may name another document or operation.
    void requireOnly(Optional<String> operationName) throws MalformedException {
        for (var member : GraphQlEntries.MEMBERS) {
            boolean same = member.equals("operationName") && get(member).equals(operationName);
            if (values.containsKey(member) && !same) {
                throw GraphQlEntries.malformed("a parameter stands beside the body");
            }
        }
    }

    /// The request whose document is the body's text.
    List<GraphQlRequest.Entry> beside(String document) throws MalformedException {
        for (var member : List.of("query", "documentId", "id")) {
            if (values.containsKey(member)) {
                throw GraphQlEntries.malformed("a parameter stands beside the body");
            }
        }
        object("variables");
        GraphQlEntries.hash(object("extensions"));
        return List.of(GraphQlEntries.ofText(document, get("operationName")));
    }

    /// The request that has no body.
    List<GraphQlRequest.Entry> alone() throws MalformedException {
        if (!values.containsKey("query")) {
            object("variables");
            return List.of(
                    GraphQlEntries.registered(
                            List.of(
                                    GraphQlEntries.hash(object("extensions")),
                                    get("documentId"),
                                    get("id"))));
        }
        if (values.containsKey("documentId")) {
            throw GraphQlEntries.malformed("a text and a `documentId`");
        }
        object("variables");
        GraphQlEntries.hash(object("extensions"));
        return List.of(GraphQlEntries.ofText(values.get("query"), get("operationName")));
    }

    /// A parameter that is the text of a JSON object.
    private Optional<JsonValue.Fields> object(String name) throws MalformedException {
        var text = get(name);
        if (text.isEmpty() || text.get().isEmpty()) {
            return Optional.empty();
        }
        return switch (Json.read(text.get())) {
            case Json.Read.Good(var value) -> GraphQlEntries.object(Optional.of(value));
            case Json.Read.Bad(var message, _) -> throw GraphQlEntries.malformed(message);
        };
    }
}
