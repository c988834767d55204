package dev.clawhold.policyfile;

import dev.clawhold.policy.Spelling;
import dev.clawhold.policy.glob.Glob;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One clause: which keys its protocol gives it, and whether their values are possible.
final class ClauseReader {
    static final List<String> KEYS =
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
    private static final Set<String> HTTP_KEYS = Set.of("method", "path", "query");
    private static final Set<String> GRAPHQL_KEYS =
            Set.of("operation_type", "operation_name", "fields");
    private static final Set<String> TOOL_KEYS = Set.of("tool", "params", "arguments");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
    private static final List<String> OPERATIONS =
            List.of("query", "mutation", "subscription", "*");

    private final Problems problems;
    private final PatternReader patterns;
    private final Protocol protocol;
    private final McpReader.Settings mcp;

    ClauseReader(
            Problems problems, PatternReader patterns, Protocol protocol, McpReader.Settings mcp) {
        this.problems = problems;
        this.patterns = patterns;
        this.protocol = protocol;
        this.mcp = mcp;
    }

    /// Tells what is wrong with a clause.
    ///
    /// @param strict whether the clause denies or asks
    void check(Section clause, boolean strict) {
        if (clause.has("command")) {
            problems.add(clause.place("command"), Code.W14, "command is ignored");
        }
        switch (protocol) {
            case REST -> {
                allowOnly(clause, HTTP_KEYS);
                http(clause, strict, List.of());
            }
            case WEBSOCKET -> websocket(clause, strict);
            case GRAPHQL -> {
                allowOnly(clause, GRAPHQL_KEYS);
                graphql(clause);
            }
            case JSON_RPC -> {
                allowOnly(clause, Set.of("method"));
                jsonRpc(clause);
            }
            case MCP -> {
                allowOnly(clause, Set.of("method", "tool", "params", "arguments"));
                mcp(clause);
            }
            case OPAQUE, TCP, SQL -> throw new IllegalStateException(protocol + " has no clauses");
        }
    }

    private void allowOnly(Section clause, Set<String> keys) {
        for (var key : KEYS) {
            if (clause.has(key) && !keys.contains(key) && !key.equals("command")) {
                problems.add(
                        clause.place(key),
                        Code.E15,
                        "a clause of protocol " + protocol.text() + " cannot have `" + key + "`");
            }
        }
    }

    private void require(Section clause, String key) {
        if (!clause.has(key)) {
            problems.add(clause.place(), Code.E06, key + " is missing");
        }
    }

    private void http(Section clause, boolean strict, List<String> only) {
        require(clause, "method");
        require(clause, "path");
        clause.scalar("method", "a method").ifPresent(method -> method(clause, method, only));
        clause.scalar("path", "a path pattern").ifPresent(path -> patterns.path(path, strict));
        patterns.matchers(clause, "query");
    }

    private void method(Section clause, Node.Scalar scalar, List<String> only) {
        var text = scalar.text();
        if (text.equals("*") || only.contains(text) || (only.isEmpty() && METHODS.contains(text))) {
            return;
        }
        if (!only.isEmpty()) {
            clause.notOneOf(scalar, "method", only);
            return;
        }
        var capitals = text.toUpperCase(Locale.ROOT);
        if (METHODS.contains(capitals)) {
            problems.add(
                    scalar.place(),
                    Code.W19,
                    Quote.of(text) + " is taken as " + Quote.of(capitals));
        } else if (text.isEmpty() || !text.chars().allMatch(ClauseReader::isToken)) {
            problems.add(scalar.place(), Code.E05, "method cannot be " + Quote.of(text));
        } else {
            var near =
                    METHODS.stream().filter(m -> Spelling.distance(m, capitals) == 1).findFirst();
            problems.add(
                    scalar.place(),
                    near.isPresent() ? Code.E05 : Code.W19,
                    near.isPresent()
                            ? "method cannot be " + Quote.of(text) + Section.suggestion(near)
                            : "method " + Quote.of(text) + " is unusual: taken as it stands");
        }
    }

    /// RFC 9110 § 5.6.2.
    private static boolean isToken(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    private void websocket(Section clause, boolean strict) {
        boolean graphql = GRAPHQL_KEYS.stream().anyMatch(clause::has);
        allowOnly(clause, graphql ? GRAPHQL_KEYS : HTTP_KEYS);
        if (graphql) {
            graphql(clause);
        } else {
            http(clause, strict, List.of("GET", "WEBSOCKET_TEXT"));
        }
    }

    private void graphql(Section clause) {
        require(clause, "operation_type");
        clause.scalar("operation_type", "a type of operation")
                .ifPresent(type -> operationType(clause, type));
        clause.scalar("operation_name", "a pattern").ifPresent(patterns::value);
        clause.texts("fields").forEach(patterns::value);
        if (clause.get("fields")
                .filter(n -> n instanceof Node.Items l && l.items().isEmpty())
                .isPresent()) {
            problems.add(
                    clause.valuePlace("fields"), Code.E08, "fields is empty: nothing could match");
        }
    }

    private void operationType(Section clause, Node.Scalar type) {
        var lower = type.text().toLowerCase(Locale.ROOT);
        boolean capitals = type.text().equals(type.text().toUpperCase(Locale.ROOT));
        if (!OPERATIONS.contains(type.text()) && capitals && OPERATIONS.contains(lower)) {
            problems.add(
                    type.place(),
                    Code.W19,
                    Quote.of(type.text()) + " is taken as " + Quote.of(lower));
        } else if (!OPERATIONS.contains(type.text())) {
            clause.notOneOf(type, "operation_type", OPERATIONS);
        }
    }

    private void jsonRpc(Section clause) {
        require(clause, "method");
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
    }

    private void mcp(Section clause) {
        if (!mcp.profile()) {
            require(clause, "method");
        }
        var method = clause.scalar("method", "a method");
        method.ifPresent(m -> mcpMethod(m));
        clause.exclude("tool", "params");
        boolean tools = TOOL_KEYS.stream().anyMatch(clause::has);
        boolean call = method.map(m -> m.text().equals("tools/call")).orElse(mcp.profile());
        if (tools && !call) {
            problems.add(
                    clause.place(),
                    Code.E15,
                    "tool, params and arguments need `method: tools/call`");
        }
        clause.get("tool").ifPresent(node -> tool(node));
        patterns.matchers(clause, "params");
        clause.get("params")
                .flatMap(node -> Section.map(node, "params", problems))
                .ifPresent(map -> map.fields().forEach(field -> patternsOfTools(field.value())));
        patterns.matchers(clause, "arguments");
    }

    private void mcpMethod(Node.Scalar method) {
        var text = method.text();
        if (Glob.hasWildcards(text) && !text.startsWith("tools/")) {
            problems.add(
                    method.place(),
                    Code.E05,
                    "method cannot be " + Quote.of(text),
                    "only patterns that begin with `tools/` are possible");
        }
        patterns.value(method);
    }

    private void tool(Node node) {
        patterns.matcher(node, "tool");
        patternsOfTools(node);
    }

    /// Names that may hold anything cannot be told apart by patterns.
    private void patternsOfTools(Node node) {
        if (!mcp.strictNames() && hasWildcards(node)) {
            problems.add(
                    node.place(), Code.E25, "strict_tool_names: false leaves no patterns of tools");
        }
    }

    private static boolean hasWildcards(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> Glob.hasWildcards(scalar.text());
            case Node.Items list -> list.items().stream().anyMatch(ClauseReader::hasWildcards);
            case Node.Fields map -> map.fields().stream().anyMatch(f -> hasWildcards(f.value()));
        };
    }

    /// Whether the clause is about single tools.
    static boolean namesTools(Section clause) {
        return List.of("tool", "params").stream()
                .anyMatch(
                        key -> clause.get(key).filter(n -> !PatternReader.takesAll(n)).isPresent());
    }

    /// Whether the clause allows every tool.
    static boolean takesEveryTool(Section clause, boolean profile) {
        var method = clause.get("method").map(n -> n instanceof Node.Scalar s ? s.text() : "");
        boolean calls =
                method.map(text ->
                                Glob.read(Glob.Kind.VALUE, text)
                                                instanceof Glob.Read.Good(var glob, _)
                                        && glob.matches("tools/call"))
                        .orElse(profile && !clause.fields().isEmpty());
        return calls && !namesTools(clause) && !clause.has("arguments");
    }

    static Optional<Node.Scalar> path(Section clause) {
        return clause.get("path")
                .filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast);
    }
}
