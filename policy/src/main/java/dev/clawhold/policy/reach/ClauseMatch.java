package dev.clawhold.policy.reach;

import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.McpClause;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.clause.RpcClause;
import dev.clawhold.policy.clause.ValueMatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether single clauses match a probe.
///
/// @param strict whether the clause asks or denies, so that one part of the probe is enough
record ClauseMatch(boolean strict) {
    static final String TOOL_CALL = "tools/call";

    boolean matches(HttpClause clause, Probe probe) {
        var method =
                probe.transport() == Probe.Transport.TEXT
                        ? HttpClause.WEBSOCKET_TEXT
                        : probe.method();
        return clause.takes(method)
                && clause.path().matches(probe.path())
                && matches(clause.query(), probe.query());
    }

    boolean matches(Map<String, ValueMatcher> matchers, Map<String, List<String>> query) {
        return matchers.entrySet().stream()
                .allMatch(m -> matches(m.getValue(), query.getOrDefault(m.getKey(), List.of())));
    }

    private boolean matches(ValueMatcher matcher, List<String> values) {
        return strict
                ? values.stream().anyMatch(matcher::matches)
                : !values.isEmpty() && values.stream().allMatch(matcher::matches);
    }

    boolean matches(GraphQlClause clause, Probe.Content.Operation operation) {
        return clause.type().map(operation.type()::equals).orElse(true)
                && clause.name()
                        .map(glob -> operation.name().map(glob::matches).orElse(false))
                        .orElse(true)
                && fields(clause, operation.fields());
    }

    private boolean fields(GraphQlClause clause, Set<String> fields) {
        return clause.fields().isEmpty()
                || (strict
                        ? fields.stream().anyMatch(f -> names(clause, f))
                        : fields.stream().allMatch(f -> names(clause, f)));
    }

    private static boolean names(GraphQlClause clause, String field) {
        return clause.fields().stream().anyMatch(glob -> glob.matches(field));
    }

    boolean matches(RpcClause clause, Probe.Content.Call call) {
        return clause.takes(call.method());
    }

    boolean matches(McpClause clause, Probe.Content.Call call) {
        boolean method =
                clause.method()
                        .map(glob -> glob.matches(call.method()))
                        .orElseGet(() ->
                                clause.isAboutTools()
                                        ? call.method().equals(TOOL_CALL)
                                        : strict
                                                || McpSettings.KNOWN_METHODS.contains(
                                                        call.method()));
        return method
                && clause.tool()
                        .map(tool -> call.tool().filter(t -> tool.matches(t.name())).isPresent())
                        .orElse(true)
                && clause.arguments().entrySet().stream()
                        .allMatch(a -> matchesArgument(a.getKey(), a.getValue(), call));
    }

    private boolean matchesArgument(String name, ValueMatcher matcher, Probe.Content.Call call) {
        return call.tool()
                .flatMap(tool -> Optional.ofNullable(tool.arguments().get(name)))
                .filter(value -> value.map(matcher::matches).orElse(strict))
                .isPresent();
    }

    /// Whether the endpoint's profile allows a call that no clause is about.
    static boolean byProfile(Protocol.Mcp mcp, Probe.Content.Call call) {
        return mcp.settings().profile()
                && McpSettings.KNOWN_METHODS.contains(call.method())
                && (!call.method().equals(TOOL_CALL)
                        || mcp.calls().allow().stream().noneMatch(McpClause::isAboutTools));
    }
}
