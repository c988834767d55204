package dev.clawhold.policy.request;

import dev.clawhold.policy.HttpRules.Part;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.content.GraphQlRequest;
import dev.clawhold.policy.content.Json;
import dev.clawhold.policy.content.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a client's message on a WebSocket asks for.
record MessageReader(CanonicalRequest request, Scope scope) {
    private static final Set<String> OPERATIONS = Set.of("subscribe", "start");

    /// Messages of the two protocols for GraphQL on WebSockets (`graphql-transport-ws`,
    /// `graphql-ws`) that carry no operation.
    private static final Set<String> PASSING =
            Set.of("connection_init", "ping", "pong", "complete", "stop", "connection_terminate");

    BodyReader.Read read(Message message) {
        return switch (message) {
            case Message.Text(var text) ->
                    judgesOperations()
                            ? operation(text)
                            : new BodyReader.Read.Good(request.subjects());
            case Message.Binary _ ->
                    judgesOperations() || rewrites()
                            ? new BodyReader.Read.Bad(ReasonCode.WS_NOT_LISTED)
                            : new BodyReader.Read.Good(request.subjects());
        };
    }

    private boolean judgesOperations() {
        return scope.matching().stream().anyMatch(MessageReader::judgesOperations);
    }

    private static boolean judgesOperations(Part part) {
        return part.inspection().protocol() instanceof Protocol.WebSocket(_, var operations, _)
                && !operations.isEmpty();
    }

    private boolean rewrites() {
        return scope.governing().stream()
                .anyMatch(part -> part.inspection().credential().inMessages());
    }

    private BodyReader.Read operation(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > scope.mostBytes()) {
            return new BodyReader.Read.Bad(ReasonCode.BODY_TOO_LARGE);
        }
        if (!(Json.read(text) instanceof Json.Read.Good(JsonValue.Fields fields))) {
            return new BodyReader.Read.Bad(ReasonCode.BODY_MALFORMED);
        }
        var type = text(fields, "type").orElse("");
        if (PASSING.contains(type)) {
            return new BodyReader.Read.Good(List.of(new Subject.Silent()));
        }
        if (!OPERATIONS.contains(type)) {
            return new BodyReader.Read.Bad(ReasonCode.WS_NOT_LISTED);
        }
        var payload = fields.get("payload").orElse(new JsonValue.Null());
        return switch (GraphQlRequest.of(payload)) {
            case GraphQlRequest.Read.Bad _ -> new BodyReader.Read.Bad(ReasonCode.BODY_MALFORMED);
            case GraphQlRequest.Read.Good(var asked) -> BodyReader.registered(scope, asked);
        };
    }

    private static Optional<String> text(JsonValue.Fields fields, String key) {
        return fields.get(key)
                .filter(JsonValue.Text.class::isInstance)
                .map(value -> ((JsonValue.Text) value).value());
    }
}
