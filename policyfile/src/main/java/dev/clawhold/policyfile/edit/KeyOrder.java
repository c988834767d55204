package dev.clawhold.policyfile.edit;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The order of keys in a formatted policy: that of the language's reference. Names that the
/// operator chose keep theirs, since the first rule that fits is the one that is told.
final class KeyOrder {
    private static final List<String> POLICY =
            List.of(
                    "version",
                    "preset",
                    "extends",
                    "on_invalid",
                    "filesystem_policy",
                    "landlock",
                    "process",
                    "network_policies",
                    "egress",
                    "network_middlewares",
                    "inspect",
                    "inference");
    private static final List<String> FILES =
            List.of("include_workdir", "read_only", "read_write", "deny", "baseline");
    private static final List<String> CEILINGS = List.of("memory", "cpu", "pids", "files", "time");
    private static final List<String> RULE =
            List.of(
                    "name",
                    "note",
                    "endpoints",
                    "binaries",
                    "verdict",
                    "ask",
                    "until",
                    "limits",
                    "inspect");
    private static final List<String> RATES =
            List.of("requests", "bytes", "upload", "download", "connections");
    private static final List<String> BINARY = List.of("path", "sha256", "descendants", "harness");
    private static final List<String> ENDPOINT =
            List.of(
                    "host",
                    "port",
                    "ports",
                    "allowed_ips",
                    "protocol",
                    "path",
                    "enforcement",
                    "access",
                    "rules",
                    "ask_rules",
                    "deny_rules",
                    "tls",
                    "allow_encoded_slash",
                    "allow_control_plane",
                    "json_rpc",
                    "mcp",
                    "graphql_max_body_bytes",
                    "persisted_queries",
                    "graphql_persisted_queries",
                    "credential_binding",
                    "request_body_credential_rewrite",
                    "websocket_credential_rewrite",
                    "credential_signing",
                    "signing_service",
                    "signing_region",
                    "allow_uninspected_credentials",
                    "unmetered");
    private static final List<String> CLAUSE =
            List.of(
                    "method",
                    "path",
                    "query",
                    "operation_type",
                    "operation_name",
                    "fields",
                    "tool",
                    "params",
                    "arguments",
                    "command");
    private static final List<String> MCP =
            List.of(
                    "max_body_bytes",
                    "strict_tool_names",
                    "allow_all_known_mcp_methods",
                    "versions",
                    "tool_pins");
    private static final List<String> SHORT =
            List.of("host", "port", "ports", "access", "binaries", "verdict", "until", "note");

    private KeyOrder() {}

    /// The same tree with its keys in their order.
    static Tree sorted(Tree root) {
        return sorted(root, List.of());
    }

    /// @param path of the value, with `*` for a position in a list
    private static Tree sorted(Tree tree, List<String> path) {
        return switch (tree) {
            case Tree.Text _, Tree.Alias _ -> tree;
            case Tree.Items(var items, boolean flow, var span) -> {
                var inner = Stream.concat(path.stream(), Stream.of("*")).toList();
                yield new Tree.Items(
                        items.stream().map(item -> sorted(item, inner)).toList(), flow, span);
            }
            case Tree.Fields(var fields, boolean flow, var span) -> {
                var order = of(path);
                yield new Tree.Fields(
                        fields.stream()
                                .sorted(Comparator.comparingInt(f -> rank(order, f.key().text())))
                                .map(f -> sorted(f, path))
                                .toList(),
                        flow,
                        span);
            }
        };
    }

    private static Tree.Field sorted(Tree.Field field, List<String> path) {
        var inner = Stream.concat(path.stream(), Stream.of(field.key().text())).toList();
        return new Tree.Field(field.key(), sorted(field.value(), inner));
    }

    private static int rank(List<String> order, String key) {
        int rank = order.indexOf(key);
        return rank < 0 ? order.size() : rank;
    }

    private static List<String> of(List<String> path) {
        if (path.isEmpty()) {
            return POLICY;
        }
        return switch (path.getFirst()) {
            case "preset" -> List.of("name", "description");
            case "filesystem_policy" -> path.size() == 1 ? FILES : List.of();
            case "process" ->
                    path.size() == 1 ? List.of("run_as_user", "run_as_group", "limits") : CEILINGS;
            case "egress" -> path.size() == 3 ? SHORT : List.of();
            case "network_policies" ->
                    path.size() == 1 ? List.of() : inRule(path.subList(2, path.size()));
            default -> List.of();
        };
    }

    private static List<String> inRule(List<String> path) {
        if (path.isEmpty()) {
            return RULE;
        }
        return switch (path.getFirst()) {
            case "limits" -> RATES;
            case "binaries" -> path.size() == 2 ? BINARY : List.of();
            case "endpoints" ->
                    path.size() == 2 ? ENDPOINT : inEndpoint(path.subList(2, path.size()));
            default -> List.of();
        };
    }

    private static List<String> inEndpoint(List<String> path) {
        boolean clause = path.size() == 2 || (path.size() == 3 && path.getLast().equals("allow"));
        return switch (path.isEmpty() ? "" : path.getFirst()) {
            case "rules", "ask_rules", "deny_rules" -> clause ? CLAUSE : List.of();
            case "mcp" -> path.size() == 1 ? MCP : List.of();
            default -> List.of();
        };
    }
}
