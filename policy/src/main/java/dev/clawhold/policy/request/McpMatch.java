package dev.clawhold.policy.request;

import dev.clawhold.policy.clause.McpClause;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.clause.ValueMatcher;
import dev.clawhold.policy.content.JsonValue;
import dev.clawhold.policy.content.RpcMessage;
import java.util.Map;
import java.util.OptionalInt;

/// Finds the first clause of an endpoint of the Model Context Protocol that matches a call.
record McpMatch(Protocol.Mcp endpoint, Side side) {
    static final String TOOL_CALL = "tools/call";

    OptionalInt line(RpcMessage.Call call) {
        var line =
                side.of(endpoint.calls()).stream()
                        .filter(clause -> matches(clause, call))
                        .mapToInt(McpClause::line)
                        .findFirst();
        return line.isEmpty() && isAllowedByProfile(call) ? OptionalInt.of(0) : line;
    }

    /// Rules for single tools take the place of the profile's leave to call every tool.
    private boolean isAllowedByProfile(RpcMessage.Call call) {
        return side == Side.ALLOW
                && endpoint.settings().profile()
                && McpSettings.KNOWN_METHODS.contains(call.method())
                && (!call.method().equals(TOOL_CALL)
                        || endpoint.calls().allow().stream().noneMatch(McpClause::isAboutTools));
    }

    private boolean matches(McpClause clause, RpcMessage.Call call) {
        return matchesMethod(clause, call.method())
                && clause.tool()
                        .map(tool -> call.tool().filter(t -> tool.matches(t.name())).isPresent())
                        .orElse(true)
                && matchesArguments(clause.arguments(), call);
    }

    private boolean matchesMethod(McpClause clause, String method) {
        if (clause.method().isPresent()) {
            return clause.method().get().matches(method);
        }
        if (clause.isAboutTools()) {
            return method.equals(TOOL_CALL);
        }
        return side.needsOnePart() || McpSettings.KNOWN_METHODS.contains(method);
    }

    private boolean matchesArguments(Map<String, ValueMatcher> arguments, RpcMessage.Call call) {
        return arguments.entrySet().stream()
                .allMatch(argument ->
                        call.tool()
                                .flatMap(tool -> tool.arguments().get(argument.getKey()))
                                .filter(value -> matches(argument.getValue(), value))
                                .isPresent());
    }

    /// What has no one text is taken for the worst.
    private boolean matches(ValueMatcher matcher, JsonValue value) {
        return switch (value) {
            case JsonValue.Text(var text) -> matcher.matches(text);
            case JsonValue.Numeral(var text) -> matcher.matches(text);
            case JsonValue.Bool(boolean bool) -> matcher.matches(String.valueOf(bool));
            case JsonValue.Null _, JsonValue.Items _, JsonValue.Fields _ -> side.needsOnePart();
        };
    }
}
