package dev.clawhold.policyfile;

import dev.clawhold.policy.clause.McpClause;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.ValueMatcher;
import dev.clawhold.policy.glob.Glob;
import java.util.List;
import java.util.Optional;

/// Clauses about calls of the Model Context Protocol.
record McpClauseReader(Problems problems, PatternReader patterns, McpSettings settings) {
    private static final List<String> TOOL_KEYS = List.of("tool", "params", "arguments");

    Optional<McpClause> read(Section clause) {
        if (!settings.profile()) {
            clause.require("method");
        }
        var method = clause.scalar("method", "a method");
        var glob = method.flatMap(this::method);
        clause.exclude("tool", "params");
        checkTools(clause, method);
        var tool = clause.get("tool").flatMap(this::tool).or(() -> params(clause));
        var arguments = patterns.matchers(clause, "arguments");
        return Optional.of(new McpClause(glob, tool, arguments, clause.place().line()));
    }

    private void checkTools(Section clause, Optional<Node.Scalar> method) {
        boolean tools = TOOL_KEYS.stream().anyMatch(clause::has);
        boolean call = method.map(m -> m.text().equals("tools/call")).orElse(settings.profile());
        if (tools && !call) {
            problems.add(
                    clause.place(),
                    Code.E15,
                    "tool, params and arguments need `method: tools/call`");
        }
    }

    private Optional<Glob> method(Node.Scalar method) {
        var text = method.text();
        if (Glob.hasWildcards(text) && !text.startsWith("tools/")) {
            problems.add(
                    method.place(),
                    Code.E05,
                    "method cannot be " + Quote.of(text),
                    "only patterns that begin with `tools/` are possible");
        }
        return patterns.value(method);
    }

    /// The older spelling of `tool`: `params` with the one key `name`.
    private Optional<ValueMatcher> params(Section clause) {
        return clause.section("params", "`params`", List.of("name"))
                .flatMap(params -> params.get("name"))
                .flatMap(this::tool);
    }

    /// Names that may hold anything cannot be told apart by patterns.
    private Optional<ValueMatcher> tool(Node node) {
        if (!settings.strictNames() && hasWildcards(node)) {
            problems.add(
                    node.place(), Code.E25, "strict_tool_names: false leaves no patterns of tools");
        }
        return patterns.matcher(node, "tool");
    }

    private static boolean hasWildcards(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> Glob.hasWildcards(scalar.text());
            case Node.Items list -> list.items().stream().anyMatch(McpClauseReader::hasWildcards);
            case Node.Fields map -> map.fields().stream().anyMatch(f -> hasWildcards(f.value()));
        };
    }

    /// One clause for every tool makes those for single tools meaningless.
    ///
    /// @param allowed the clauses of `rules` with their places
    void checkTogether(List<Placed<McpClause>> allowed) {
        boolean single = allowed.stream().anyMatch(c -> namesTools(c.clause()));
        for (var placed : allowed) {
            if (single && takesEveryTool(placed.clause())) {
                problems.add(
                        placed.place(),
                        Code.E25,
                        "this clause allows every tool beside rules for single tools");
            }
        }
    }

    private static boolean namesTools(McpClause clause) {
        return clause.tool().filter(tool -> !takesAll(tool)).isPresent();
    }

    private static boolean takesEveryTool(McpClause clause) {
        boolean calls =
                clause.method()
                        .map(glob -> glob.matches("tools/call"))
                        .orElse(clause.isAboutTools());
        return calls && !namesTools(clause) && clause.arguments().isEmpty();
    }

    private static boolean takesAll(ValueMatcher matcher) {
        return matcher.any().stream()
                .anyMatch(glob -> glob.toString().equals("*") || glob.toString().equals("**"));
    }
}
