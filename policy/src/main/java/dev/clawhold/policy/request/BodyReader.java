package dev.clawhold.policy.request;

import dev.clawhold.policy.HttpRules.Part;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.clause.GraphQlSettings;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.content.ContentCoding;
import dev.clawhold.policy.content.GraphQlOperation;
import dev.clawhold.policy.content.GraphQlRequest;
import dev.clawhold.policy.content.MediaType;
import dev.clawhold.policy.content.RpcMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a request asks for under the protocol that governs it, as far as its body says it.
record BodyReader(CanonicalRequest request, Body body, Scope scope) {

    sealed interface Read {
        /// What clauses of the protocol are tested against.
        record Good(List<? extends Subject> subjects) implements Read {}

        record Bad(ReasonCode code) implements Read {}

        record NeedBody(int mostBytes) implements Read {}
    }

    private static final Query NO_QUERY = new Query(List.of());
    private static final String DEFAULT_MCP_VERSION = "2025-03-26";

    Read read(Kind kind) {
        return switch (kind) {
            case REST -> new Read.Good(request.subjects());
            case WEBSOCKET ->
                    request.methods().stream().allMatch(m -> m.equals("GET") || m.equals("HEAD"))
                            ? new Read.Good(request.subjects())
                            : new Read.Bad(ReasonCode.REQUEST_NOT_LISTED);
            case GRAPHQL -> graphQl();
            case JSON_RPC -> rpc(false);
            case MCP -> mcp();
        };
    }

    private Read graphQl() {
        if (isOnly("GET")) {
            return body instanceof Body.Absent
                    ? operations(GraphQlRequest.ofParameters(parameters()))
                    : new Read.Bad(ReasonCode.BODY_MALFORMED);
        }
        if (!isOnly("POST")) {
            return new Read.Bad(ReasonCode.REQUEST_NOT_LISTED);
        }
        var type = mediaType();
        if (body instanceof Body.Absent || type.startsWith("multipart/")) {
            return new Read.Bad(ReasonCode.BODY_MALFORMED);
        }
        boolean json = type.equals("application/json");
        if (!(json || type.equals("application/graphql")) || !isIdentity()) {
            return new Read.Bad(ReasonCode.BODY_ENCODING);
        }
        return withBody(bytes ->
                operations(
                        json
                                ? GraphQlRequest.ofJson(bytes, parameters())
                                : GraphQlRequest.ofText(bytes, parameters())));
    }

    private List<Map.Entry<String, String>> parameters() {
        return request.query().orElse(NO_QUERY).parameters();
    }

    private Read operations(GraphQlRequest.Read read) {
        if (request.query().isEmpty()) {
            return new Read.Bad(ReasonCode.REQUEST_MALFORMED);
        }
        return switch (read) {
            case GraphQlRequest.Read.Bad _ -> new Read.Bad(ReasonCode.BODY_MALFORMED);
            case GraphQlRequest.Read.Good(var asked) -> registered(scope, asked);
        };
    }

    /// With what is registered put in the place of ids.
    static Read registered(Scope scope, GraphQlRequest asked) {
        var subjects = new ArrayList<Subject>();
        for (var entry : asked.entries()) {
            var operation =
                    switch (entry) {
                        case GraphQlRequest.Entry.Text(var text) -> Optional.of(text);
                        case GraphQlRequest.Entry.Registered(var id) -> registered(scope, id);
                    };
            if (operation.isEmpty()) {
                return new Read.Bad(ReasonCode.GRAPHQL_UNREGISTERED);
            }
            subjects.add(new Subject.Operation(operation.get()));
        }
        return new Read.Good(subjects);
    }

    /// What every endpoint that governs has registered under an id.
    private static Optional<GraphQlOperation> registered(Scope scope, String id) {
        var found =
                scope.governing().stream()
                        .flatMap(part -> settings(part).stream())
                        .map(settings -> Optional.ofNullable(settings.registered().get(id)))
                        .distinct()
                        .toList();
        return found.size() == 1
                ? found.getFirst().map(p -> new GraphQlOperation(p.type(), p.name(), p.fields()))
                : Optional.empty();
    }

    private static Optional<GraphQlSettings> settings(Part part) {
        return switch (part.inspection().protocol()) {
            case Protocol.GraphQl(_, var settings) -> Optional.of(settings);
            case Protocol.WebSocket(_, _, var settings) -> Optional.of(settings);
            case Protocol.Rest _, Protocol.JsonRpc _, Protocol.Mcp _ -> Optional.empty();
        };
    }

    private Read mcp() {
        var settings = scope.governing().stream().flatMap(BodyReader::mcpSettings).toList();
        var versions = request.head().values("MCP-Protocol-Version");
        var version = versions.isEmpty() ? DEFAULT_MCP_VERSION : versions.getFirst().strip();
        if (versions.size() > 1
                || settings.stream().anyMatch(s -> !s.versions().contains(version))) {
            return new Read.Bad(ReasonCode.MCP_VERSION);
        }
        boolean stream =
                request.head().items("Accept").stream()
                        .anyMatch(item ->
                                item.split(";", 2)[0]
                                        .strip()
                                        .equalsIgnoreCase("text/event-stream"));
        if (body instanceof Body.Absent && (isOnly("DELETE") || (isOnly("GET") && stream))) {
            return new Read.Good(List.of(new Subject.Silent()));
        }
        return rpc(settings.stream().anyMatch(McpSettings::strictNames));
    }

    private static Stream<McpSettings> mcpSettings(Part part) {
        return part.inspection().protocol() instanceof Protocol.Mcp(_, var settings)
                ? Stream.of(settings)
                : Stream.empty();
    }

    private Read rpc(boolean strictNames) {
        if (!isOnly("POST")) {
            return new Read.Bad(ReasonCode.REQUEST_NOT_LISTED);
        }
        if (body instanceof Body.Absent) {
            return new Read.Bad(ReasonCode.BODY_MALFORMED);
        }
        if (!mediaType().equals("application/json") || !isIdentity()) {
            return new Read.Bad(ReasonCode.BODY_ENCODING);
        }
        return withBody(bytes ->
                switch (RpcMessage.read(bytes)) {
                    case RpcMessage.Read.Bad _ -> new Read.Bad(ReasonCode.BODY_MALFORMED);
                    case RpcMessage.Read.Good(var messages) -> calls(messages, strictNames);
                });
    }

    private Read calls(List<RpcMessage> messages, boolean strictNames) {
        boolean mcp =
                scope.governing().stream().flatMap(BodyReader::mcpSettings).findAny().isPresent();
        var subjects = new ArrayList<Subject>();
        for (var message : messages) {
            switch (message) {
                case RpcMessage.Response _ when !mcp -> {
                    return new Read.Bad(ReasonCode.RPC_RESPONSE_FRAME);
                }
                case RpcMessage.Response _ -> subjects.add(new Subject.Silent());
                case RpcMessage.Call call -> {
                    if (mcp && call.method().equals(McpMatch.TOOL_CALL)) {
                        if (call.tool().isEmpty()) {
                            return new Read.Bad(ReasonCode.BODY_MALFORMED);
                        }
                        if (strictNames && !isPlain(call.tool().get().name())) {
                            return new Read.Bad(ReasonCode.MCP_TOOL_NAME);
                        }
                    }
                    subjects.add(new Subject.Call(call));
                }
            }
        }
        return new Read.Good(subjects);
    }

    private static boolean isPlain(String tool) {
        return !tool.isEmpty()
                && tool.length() <= 128
                && tool.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || c == '_'
                                        || c == '.'
                                        || c == '-');
    }

    private boolean isOnly(String method) {
        return request.methods().equals(List.of(method));
    }

    /// Empty if there is none, two, or one that is malformed or not in UTF-8.
    private String mediaType() {
        var values = request.head().values("Content-Type");
        return values.size() == 1
                ? MediaType.of(values.getFirst()).map(MediaType::text).orElse("")
                : "";
    }

    private boolean isIdentity() {
        return ContentCoding.isIdentity(request.head().values("Content-Encoding"));
    }

    @FunctionalInterface
    private interface BytesReader {
        Read read(byte[] bytes);
    }

    private Read withBody(BytesReader reader) {
        int most = scope.mostBytes();
        return switch (body) {
            case Body.Absent _ -> new Read.Bad(ReasonCode.BODY_MALFORMED);
            case Body.Unread _ -> new Read.NeedBody(most);
            case Body.TooLarge _ -> new Read.Bad(ReasonCode.BODY_TOO_LARGE);
            case Body.Whole(var bytes) ->
                    bytes.length > most
                            ? new Read.Bad(ReasonCode.BODY_TOO_LARGE)
                            : reader.read(bytes);
        };
    }
}
