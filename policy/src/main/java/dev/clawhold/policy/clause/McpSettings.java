package dev.clawhold.policy.clause;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// How an endpoint of the Model Context Protocol is judged.
///
/// @param mostBytes of a body, 1 to 16,777,216
/// @param strictNames whether tools are called by names of `[A-Za-z0-9_.-]{1,128}` only
/// @param profile whether all known methods are allowed
/// @param versions of the protocol that are accepted
/// @param toolPins by tool: the SHA-256 of its definition (RFC 8785), in lower case
public record McpSettings(
        int mostBytes,
        boolean strictNames,
        boolean profile,
        List<String> versions,
        Map<String, String> toolPins) {
    /// The protocol's revisions that are known.
    public static final List<String> VERSIONS = List.of("2025-03-26", "2025-06-18", "2025-11-25");

    /// The methods that the profile allows.
    public static final Set<String> KNOWN_METHODS =
            Set.of(
                    "initialize",
                    "ping",
                    "notifications/initialized",
                    "notifications/cancelled",
                    "notifications/progress",
                    "notifications/roots/list_changed",
                    "notifications/tasks/status",
                    "tools/list",
                    "tools/call",
                    "resources/list",
                    "resources/templates/list",
                    "resources/read",
                    "resources/subscribe",
                    "resources/unsubscribe",
                    "prompts/list",
                    "prompts/get",
                    "completion/complete",
                    "logging/setLevel",
                    "tasks/get",
                    "tasks/result",
                    "tasks/list",
                    "tasks/cancel",
                    "server/discover",
                    "subscriptions/listen");

    public static final McpSettings DEFAULT =
            new McpSettings(65_536, true, false, VERSIONS, Map.of());

    public McpSettings {
        versions = List.copyOf(versions);
        toolPins = Map.copyOf(toolPins);
    }
}
