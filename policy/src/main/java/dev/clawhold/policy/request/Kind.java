package dev.clawhold.policy.request;

import dev.clawhold.policy.clause.Protocol;

/// The protocols by name, for comparing endpoints.
enum Kind {
    REST,
    WEBSOCKET,
    GRAPHQL,
    JSON_RPC,
    MCP;

    static Kind of(Protocol protocol) {
        return switch (protocol) {
            case Protocol.Rest _ -> REST;
            case Protocol.WebSocket _ -> WEBSOCKET;
            case Protocol.GraphQl _ -> GRAPHQL;
            case Protocol.JsonRpc _ -> JSON_RPC;
            case Protocol.Mcp _ -> MCP;
        };
    }
}
