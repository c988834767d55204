package dev.clawhold.policy.clause;

/// What inspected traffic is taken for, with the clauses that judge it.
public sealed interface Protocol {

    /// Plain HTTP requests.
    record Rest(Clauses<HttpClause> http) implements Protocol {}

    /// An upgrade and the client's messages after it.
    ///
    /// @param http about upgrades, requests without one, and text messages
    /// @param operations where there are any, messages are GraphQL operations
    record WebSocket(
            Clauses<HttpClause> http, Clauses<GraphQlClause> operations, GraphQlSettings settings)
            implements Protocol {}

    /// GraphQL over HTTP.
    record GraphQl(Clauses<GraphQlClause> operations, GraphQlSettings settings)
            implements Protocol {}

    /// JSON-RPC 2.0 over HTTP.
    ///
    /// @param mostBytes of a body, 1 to 16,777,216
    record JsonRpc(Clauses<RpcClause> calls, int mostBytes) implements Protocol {}

    /// The Model Context Protocol over HTTP.
    record Mcp(Clauses<McpClause> calls, McpSettings settings) implements Protocol {}

    /// As policy files spell it.
    default String text() {
        return switch (this) {
            case Rest _ -> "rest";
            case WebSocket _ -> "websocket";
            case GraphQl _ -> "graphql";
            case JsonRpc _ -> "json-rpc";
            case Mcp _ -> "mcp";
        };
    }
}
