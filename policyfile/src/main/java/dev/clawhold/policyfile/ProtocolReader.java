package dev.clawhold.policyfile;

import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.GraphQlSettings;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.McpClause;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.clause.RpcClause;
import dev.clawhold.policy.glob.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an inspected endpoint's protocol is, with its clauses and settings.
final class ProtocolReader {
    private static final int DEFAULT_BODY = 65_536;
    private static final int LARGEST_BODY = 16_777_216;
    private static final List<String> HTTP_KEYS = List.of("method", "path", "query");
    private static final List<String> GRAPHQL_KEYS =
            List.of("operation_type", "operation_name", "fields");
    private static final List<String> MCP_KEYS = List.of("method", "tool", "params", "arguments");

    private final Problems problems;
    private final PatternReader patterns;
    private final ClausesReader clauses;
    private final HttpClauseReader http;
    private final HttpClauseReader messages;
    private final GraphQlClauseReader operations;

    ProtocolReader(Problems problems, PatternReader patterns) {
        this.problems = problems;
        this.patterns = patterns;
        this.clauses = new ClausesReader(problems);
        this.http = new HttpClauseReader(problems, patterns, List.of());
        this.messages =
                new HttpClauseReader(problems, patterns, List.of("GET", HttpClause.WEBSOCKET_TEXT));
        this.operations = new GraphQlClauseReader(problems, patterns);
    }

    /// Reads one endpoint.
    ///
    /// @param name of an inspected protocol
    Protocol read(Section endpoint, ProtocolName name, Optional<AccessLevel> access) {
        int line = endpoint.place("access").line();
        var maximum = maximum(endpoint);
        var settings = new McpReader(problems).read(endpoint);
        var queries = new PersistedQueriesReader(problems).read(endpoint);
        requireRules(endpoint, name, settings.profile());
        endpoint.exclude("access", "rules");
        var lists = clauses.read(endpoint);
        return switch (name) {
            case REST ->
                    new Protocol.Rest(
                            withAccess(http(name, lists), access.map(level -> level.rest(line))));
            case WEBSOCKET ->
                    new Protocol.WebSocket(
                            withAccess(messages(lists), access.map(level -> level.webSocket(line))),
                            graphQl(name, lists.having(GRAPHQL_KEYS, true)),
                            new GraphQlSettings(bodies(endpoint), queries));
            case GRAPHQL ->
                    new Protocol.GraphQl(
                            withAccess(
                                    graphQl(name, lists), access.map(level -> level.graphQl(line))),
                            new GraphQlSettings(bodies(endpoint), queries));
            case JSON_RPC -> new Protocol.JsonRpc(rpc(lists), maximum);
            case MCP -> new Protocol.Mcp(mcp(lists, settings), settings);
            case OPAQUE, TCP, SQL -> throw new IllegalStateException(name + " is not inspected");
        };
    }

    private static int maximum(Section endpoint) {
        return endpoint.section("json_rpc", "`json_rpc`", List.of("max_body_bytes"))
                .map(map -> map.count("max_body_bytes", 1, LARGEST_BODY).orElse(DEFAULT_BODY))
                .orElse(DEFAULT_BODY);
    }

    private static int bodies(Section endpoint) {
        return endpoint.count("graphql_max_body_bytes", 1, LARGEST_BODY).orElse(DEFAULT_BODY);
    }

    private void requireRules(Section endpoint, ProtocolName name, boolean profile) {
        boolean hasAccess = name.has("access");
        if (!endpoint.has("rules") && !(hasAccess && endpoint.has("access")) && !profile) {
            problems.add(
                    endpoint.place("protocol"),
                    Code.E06,
                    hasAccess ? "rules or access is missing" : "rules are missing",
                    "nothing could be allowed without");
        }
    }

    private static <C> Clauses<C> withAccess(Clauses<C> listed, Optional<List<C>> access) {
        var allow = new ArrayList<>(access.orElse(List.of()));
        allow.addAll(listed.allow());
        return new Clauses<>(allow, listed.ask(), listed.deny());
    }

    private Clauses<HttpClause> http(ProtocolName name, ClausesReader.Lists lists) {
        return lists.read((clause, strict) -> {
            clauses.allowOnly(clause, name, HTTP_KEYS);
            return http.read(clause, strict);
        });
    }

    /// The clauses of a WebSocket that are not about GraphQL; beside those that are, text cannot be
    /// let through unread.
    private Clauses<HttpClause> messages(ClausesReader.Lists lists) {
        var others = lists.having(GRAPHQL_KEYS, false);
        boolean graphql = others.size() < lists.size();
        return others.read((clause, strict) -> {
            clauses.allowOnly(clause, ProtocolName.WEBSOCKET, HTTP_KEYS);
            var read = messages.read(clause, strict);
            if (graphql && isAboutText(read)) {
                problems.add(
                        clause.place("method"),
                        Code.E15,
                        "WEBSOCKET_TEXT cannot stand beside clauses about operations",
                        "messages are GraphQL here: remove one or the other");
            }
            return read;
        });
    }

    private static boolean isAboutText(Optional<HttpClause> clause) {
        return clause.flatMap(HttpClause::method)
                .filter(HttpClause.WEBSOCKET_TEXT::equals)
                .isPresent();
    }

    private Clauses<GraphQlClause> graphQl(ProtocolName name, ClausesReader.Lists lists) {
        return lists.read((clause, _) -> {
            clauses.allowOnly(clause, name, GRAPHQL_KEYS);
            return operations.read(clause);
        });
    }

    private Clauses<RpcClause> rpc(ClausesReader.Lists lists) {
        return lists.read((clause, _) -> {
            clauses.allowOnly(clause, ProtocolName.JSON_RPC, List.of("method"));
            return rpc(clause);
        });
    }

    private Optional<RpcClause> rpc(Section clause) {
        clause.require("method");
        var method = clause.scalar("method", "a method");
        if (method.isPresent()
                && !method.get().text().equals("*")
                && Glob.hasWildcards(method.get().text())) {
            problems.add(
                    method.get().place(),
                    Code.E05,
                    "method cannot be " + Quote.of(method.get().text()),
                    "it is a whole name, or `*`");
        }
        return method.map(Node.Scalar::text)
                .map(text -> Optional.of(text).filter(t -> !t.equals("*")))
                .map(name -> new RpcClause(name, clause.place().line()));
    }

    private Clauses<McpClause> mcp(ClausesReader.Lists lists, McpSettings settings) {
        var reader = new McpClauseReader(problems, patterns, settings);
        var placed =
                lists.read((clause, _) -> {
                    clauses.allowOnly(clause, ProtocolName.MCP, MCP_KEYS);
                    return reader.read(clause).map(c -> new Placed<>(c, clause.place()));
                });
        reader.checkTogether(placed.allow());
        return new Clauses<>(
                placed.allow().stream().map(Placed::clause).toList(),
                placed.ask().stream().map(Placed::clause).toList(),
                placed.deny().stream().map(Placed::clause).toList());
    }
}
