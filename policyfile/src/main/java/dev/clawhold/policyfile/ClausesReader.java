package dev.clawhold.policyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lists of clauses of one endpoint.
final class ClausesReader {
    private static final int MOST_CLAUSES = 1_000;

    private final Problems problems;
    private final ClauseReader clauses;
    private final McpReader.Settings mcp;

    ClausesReader(
            Problems problems, PatternReader patterns, Protocol protocol, McpReader.Settings mcp) {
        this.problems = problems;
        this.clauses = new ClauseReader(problems, patterns, protocol, mcp);
        this.mcp = mcp;
    }

    void check(Section endpoint) {
        var allowed = new ArrayList<Section>();
        for (var item : list(endpoint, "rules")) {
            Section.of(item, "an item of rules", "an item of rules", problems, List.of("allow"))
                    .flatMap(this::allow)
                    .ifPresent(allowed::add);
        }
        for (var item : list(endpoint, "ask_rules")) {
            clause(item, true);
        }
        var denied = new ArrayList<Section>();
        for (var item : list(endpoint, "deny_rules")) {
            clause(item, true).ifPresent(denied::add);
        }
        checkTools(allowed);
        checkTrees(denied);
    }

    private List<Node> list(Section endpoint, String key) {
        var items = endpoint.items(key);
        endpoint.bound(key, items.size(), MOST_CLAUSES);
        boolean empty =
                endpoint.get(key)
                        .filter(n -> n instanceof Node.Items && items.isEmpty())
                        .isPresent();
        if (empty) {
            problems.add(
                    endpoint.valuePlace(key), Code.E08, key + " is empty: nothing could match");
        }
        return items;
    }

    private Optional<Section> allow(Section item) {
        if (!item.has("allow")) {
            problems.add(item.place(), Code.E06, "allow is missing");
        }
        return item.get("allow").flatMap(node -> clause(node, false));
    }

    private Optional<Section> clause(Node node, boolean strict) {
        var clause = Section.of(node, "a clause", "a clause", problems, ClauseReader.KEYS);
        clause.ifPresent(c -> clauses.check(c, strict));
        return clause;
    }

    /// One clause for every tool makes those for single tools meaningless.
    private void checkTools(List<Section> allowed) {
        boolean single = allowed.stream().anyMatch(ClauseReader::namesTools);
        for (var clause : allowed) {
            if (single && ClauseReader.takesEveryTool(clause, mcp.profile())) {
                problems.add(
                        clause.place(),
                        Code.E25,
                        "this clause allows every tool beside rules for single tools");
            }
        }
    }

    /// A denied tree whose root stays open is seldom meant.
    private void checkTrees(List<Section> denied) {
        var paths = denied.stream().flatMap(clause -> ClauseReader.path(clause).stream()).toList();
        var texts = paths.stream().map(Node.Scalar::text).toList();
        for (var path : paths) {
            var text = path.text();
            var root = text.endsWith("/**") ? text.substring(0, text.length() - 3) : "";
            if (!root.isEmpty() && !texts.contains(root)) {
                problems.add(
                        path.place(),
                        Code.W11,
                        Quote.of(text) + " does not match " + Quote.of(root) + " itself",
                        "add a clause for " + Quote.of(root));
            }
        }
    }
}
