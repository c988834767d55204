package dev.clawhold.policyfile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What absent keys say, for comparisons.
///
/// @param values by key, those of inner maps after a dot, as `Shape` tells them
/// @param loose keys that mean something by their absence that no value says
record Defaults(Map<String, String> values, Set<String> loose) {
    private static final String NO = shape("false");
    private static final String BODY = shape("65536");

    static final Defaults NONE = new Defaults(Map.of(), Set.of());

    /// Those of an endpoint, apart from its identity and its clauses.
    static final Defaults ENDPOINT =
            new Defaults(
                    Map.ofEntries(
                            Map.entry("enforcement", shape("enforce")),
                            Map.entry("allow_encoded_slash", NO),
                            Map.entry("allow_control_plane", NO),
                            Map.entry("json_rpc.max_body_bytes", BODY),
                            Map.entry("mcp.max_body_bytes", BODY),
                            Map.entry("graphql_max_body_bytes", BODY),
                            Map.entry("mcp.strict_tool_names", shape("true")),
                            Map.entry("mcp.allow_all_known_mcp_methods", NO),
                            Map.entry("persisted_queries", shape("deny")),
                            Map.entry("request_body_credential_rewrite", NO),
                            Map.entry("websocket_credential_rewrite", NO),
                            Map.entry("allow_uninspected_credentials", NO),
                            Map.entry("unmetered", NO)),
                    Set.of(
                            "allowed_ips",
                            "tls",
                            "mcp.versions",
                            "credential_binding.provider",
                            "credential_signing",
                            "signing_service",
                            "signing_region"));

    private static String shape(String text) {
        return Shape.of(new Node.Scalar(text, true, Place.START));
    }

    Optional<String> of(String key) {
        return Optional.ofNullable(values.get(key));
    }

    boolean isDefault(String key, Node value) {
        return of(key).filter(Shape.of(value)::equals).isPresent();
    }

    /// What a map says that is not the default, by key.
    Map<String, String> told(Node.Fields map) {
        var told = new HashMap<String, String>();
        tell("", map, told);
        return told;
    }

    private void tell(String prefix, Node.Fields map, Map<String, String> told) {
        for (var field : map.fields()) {
            var key = prefix + field.key().text();
            if (field.value() instanceof Node.Fields inner) {
                tell(key + ".", inner, told);
            } else if (!isDefault(key, field.value())) {
                told.put(key, Shape.sorted(field.value()).toString());
            }
        }
    }
}
