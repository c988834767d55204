package dev.clawhold.policyfile;

import java.util.Locale;
import java.util.Set;

/// What an endpoint's traffic is taken for, with the keys that this gives a meaning.
enum ProtocolName {
    /// None is named.
    OPAQUE,
    TCP,
    SQL,
    REST,
    WEBSOCKET,
    GRAPHQL,
    JSON_RPC,
    MCP;

    private static final Set<String> ALL_INSPECTED =
            Set.of(
                    "path",
                    "enforcement",
                    "rules",
                    "ask_rules",
                    "deny_rules",
                    "allow_encoded_slash",
                    "credential_binding",
                    "credential_signing",
                    "signing_service",
                    "signing_region",
                    "allow_uninspected_credentials");

    boolean isInspected() {
        return switch (this) {
            case OPAQUE, TCP, SQL -> false;
            case REST, WEBSOCKET, GRAPHQL, JSON_RPC, MCP -> true;
        };
    }

    /// Whether a key about inspection has a meaning.
    boolean has(String key) {
        return own().contains(key) || (isInspected() && ALL_INSPECTED.contains(key));
    }

    private Set<String> own() {
        return switch (this) {
            case OPAQUE ->
                    Set.of("enforcement", "credential_binding", "allow_uninspected_credentials");
            case TCP -> Set.of();
            case SQL -> Set.of("enforcement", "access", "rules", "deny_rules", "ask_rules");
            case REST ->
                    Set.of(
                            "access",
                            "request_body_credential_rewrite",
                            "websocket_credential_rewrite");
            case WEBSOCKET ->
                    Set.of(
                            "access",
                            "websocket_credential_rewrite",
                            "graphql_max_body_bytes",
                            "persisted_queries",
                            "graphql_persisted_queries");
            case GRAPHQL ->
                    Set.of(
                            "access",
                            "graphql_max_body_bytes",
                            "persisted_queries",
                            "graphql_persisted_queries");
            case JSON_RPC -> Set.of("json_rpc");
            case MCP -> Set.of("mcp");
        };
    }

    /// As policy files spell it.
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
