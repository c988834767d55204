package dev.clawhold.policyfile.hash;

import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.CredentialUse;
import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.GraphQlSettings;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.McpClause;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.clause.RpcClause;
import dev.clawhold.policy.clause.ValueMatcher;
import dev.clawhold.policy.content.JsonValue;
import dev.clawhold.policy.glob.Glob;
import java.util.Map;
import java.util.function.Function;

/// What an inspected endpoint says about requests, without its lines.
final class NormalProtocol {
    private NormalProtocol() {}

    static JsonValue of(Protocol protocol) {
        return switch (protocol) {
            case Protocol.Rest(var http) -> clauses(http, NormalProtocol::http);
            case Protocol.WebSocket(var http, var operations, var settings) ->
                    new JsonForm()
                            .put("http", clauses(http, NormalProtocol::http))
                            .put("operations", clauses(operations, NormalProtocol::operation))
                            .put("settings", graphQl(settings))
                            .value();
            case Protocol.GraphQl(var operations, var settings) ->
                    new JsonForm()
                            .put("operations", clauses(operations, NormalProtocol::operation))
                            .put("settings", graphQl(settings))
                            .value();
            case Protocol.JsonRpc(var calls, int most) ->
                    new JsonForm()
                            .put("calls", clauses(calls, NormalProtocol::call))
                            .put("most_bytes", most)
                            .value();
            case Protocol.Mcp(var calls, var settings) ->
                    new JsonForm()
                            .put("calls", clauses(calls, NormalProtocol::tool))
                            .put("settings", mcp(settings))
                            .value();
        };
    }

    private static <C> JsonValue clauses(Clauses<C> clauses, Function<C, JsonValue> form) {
        return new JsonForm()
                .put("allow", JsonForm.list(clauses.allow(), form))
                .put("ask", JsonForm.list(clauses.ask(), form))
                .put("deny", JsonForm.list(clauses.deny(), form))
                .value();
    }

    private static JsonValue http(HttpClause clause) {
        return new JsonForm()
                .put("method", clause.method())
                .put("path", clause.path().toString())
                .put("query", matchers(clause.query()))
                .value();
    }

    private static JsonValue matchers(Map<String, ValueMatcher> matchers) {
        return JsonForm.map(matchers, matcher -> NormalForm.globs(matcher.any()));
    }

    private static JsonValue operation(GraphQlClause clause) {
        return new JsonForm()
                .put("type", clause.type().map(Enum::name))
                .put("name", clause.name().map(Glob::toString))
                .put("fields", NormalForm.globs(clause.fields()))
                .value();
    }

    private static JsonValue call(RpcClause clause) {
        return new JsonForm().put("method", clause.method()).value();
    }

    private static JsonValue tool(McpClause clause) {
        var form =
                new JsonForm()
                        .put("method", clause.method().map(Glob::toString))
                        .put("arguments", matchers(clause.arguments()));
        clause.tool().ifPresent(tool -> form.put("tool", NormalForm.globs(tool.any())));
        return form.value();
    }

    private static JsonValue graphQl(GraphQlSettings settings) {
        return new JsonForm()
                .put("most_bytes", settings.mostBytes())
                .put("registered", JsonForm.map(settings.registered(), NormalProtocol::registered))
                .value();
    }

    private static JsonValue registered(GraphQlSettings.Persisted query) {
        return new JsonForm()
                .put("type", query.type())
                .put("name", query.name())
                .put("fields", JsonForm.texts(query.fields().stream().sorted().toList()))
                .value();
    }

    private static JsonValue mcp(McpSettings settings) {
        return new JsonForm()
                .put("most_bytes", settings.mostBytes())
                .put("strict_names", settings.strictNames())
                .put("profile", settings.profile())
                .put("versions", JsonForm.texts(settings.versions().stream().sorted().toList()))
                .put("tool_pins", JsonForm.map(settings.toolPins(), JsonValue.Text::new))
                .value();
    }

    static JsonValue credential(CredentialUse credential) {
        var form =
                new JsonForm()
                        .put("provider", credential.provider())
                        .put("in_bodies", credential.inBodies())
                        .put("in_messages", credential.inMessages());
        credential
                .signing()
                .ifPresent(signing ->
                        form.put("mode", signing.mode())
                                .put("service", signing.service())
                                .put("region", signing.region()));
        return form.value();
    }
}
