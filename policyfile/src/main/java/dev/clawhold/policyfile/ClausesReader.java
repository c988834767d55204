package dev.clawhold.policyfile;

import dev.clawhold.policy.clause.Clauses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// The lists of clauses of endpoints. One reader serves a whole file and counts its clauses.
final class ClausesReader {
    private static final int MOST_OF_AN_ENDPOINT = 1_000;
    private static final int MOST = 200_000;
    private static final List<String> KEYS =
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

    /// One endpoint's clauses, none of them read yet.
    record Lists(List<Section> allow, List<Section> ask, List<Section> deny) {

        /// The clauses that a reader makes of them.
        ///
        /// @param reader is also told whether the clause denies or asks
        <C> Clauses<C> read(BiFunction<Section, Boolean, Optional<C>> reader) {
            return new Clauses<>(
                    read(allow, false, reader), read(ask, true, reader), read(deny, true, reader));
        }

        private static <C> List<C> read(
                List<Section> list,
                boolean strict,
                BiFunction<Section, Boolean, Optional<C>> reader) {
            return list.stream().flatMap(c -> reader.apply(c, strict).stream()).toList();
        }

        /// Those that have one of the keys, or those that have none of them.
        Lists having(List<String> keys, boolean wanted) {
            return new Lists(
                    having(allow, keys, wanted),
                    having(ask, keys, wanted),
                    having(deny, keys, wanted));
        }

        private static List<Section> having(List<Section> list, List<String> keys, boolean wanted) {
            return list.stream().filter(c -> keys.stream().anyMatch(c::has) == wanted).toList();
        }

        int size() {
            return allow.size() + ask.size() + deny.size();
        }
    }

    private final Problems problems;
    private int count;

    ClausesReader(Problems problems) {
        this.problems = problems;
    }

    Lists read(Section endpoint) {
        var lists =
                new Lists(
                        allowed(endpoint),
                        listed(endpoint, "ask_rules"),
                        listed(endpoint, "deny_rules"));
        count(endpoint, lists.size());
        checkTrees(lists.deny());
        return lists;
    }

    private void count(Section endpoint, int size) {
        if (size > MOST_OF_AN_ENDPOINT) {
            problems.add(endpoint.place(), Code.E18, "more than 1000 clauses in an endpoint");
        }
        boolean room = count <= MOST;
        count += size;
        if (room && count > MOST) {
            problems.add(endpoint.place(), Code.E18, "more than 200000 clauses");
        }
    }

    private List<Section> allowed(Section endpoint) {
        endpoint.refuseEmpty("rules", "nothing could match");
        var allowed = new ArrayList<Section>();
        for (var item : endpoint.items("rules")) {
            if (isBare(item)) {
                missesAllow(item.place());
                continue;
            }
            Section.of(item, "an item of rules", "an item of rules", problems, List.of("allow"))
                    .flatMap(this::allow)
                    .ifPresent(allowed::add);
        }
        return allowed;
    }

    /// A clause that stands where its `allow` should.
    private static boolean isBare(Node item) {
        return item instanceof Node.Fields map
                && map.fields().size() > 1
                && map.fields().stream().allMatch(field -> KEYS.contains(field.key().text()));
    }

    private void missesAllow(Place item) {
        problems.add(item, Code.E06, "allow is missing", "write `- allow: {…}`");
    }

    private Optional<Section> allow(Section item) {
        if (!item.has("allow")) {
            missesAllow(item.place());
        }
        return item.get("allow").flatMap(this::clause);
    }

    private List<Section> listed(Section endpoint, String key) {
        endpoint.refuseEmpty(key, "nothing could match");
        return endpoint.items(key).stream().flatMap(item -> clause(item).stream()).toList();
    }

    private Optional<Section> clause(Node node) {
        var clause = Section.of(node, "a clause", "a clause", problems, KEYS);
        clause.filter(c -> c.has("command"))
                .ifPresent(c -> problems.add(c.place("command"), Code.W14, "command is ignored"));
        return clause;
    }

    /// Tells the keys that a clause of a protocol cannot have.
    void allowOnly(Section clause, ProtocolName protocol, List<String> keys) {
        for (var key : KEYS) {
            if (clause.has(key) && !keys.contains(key) && !key.equals("command")) {
                problems.add(
                        clause.place(key),
                        Code.E15,
                        "a clause of protocol " + protocol.text() + " cannot have `" + key + "`");
            }
        }
    }

    /// A denied tree whose root stays open is seldom meant.
    private void checkTrees(List<Section> denied) {
        var paths =
                denied.stream()
                        .flatMap(clause -> clause.get("path").stream())
                        .filter(Node.Scalar.class::isInstance)
                        .map(Node.Scalar.class::cast)
                        .toList();
        var texts = paths.stream().map(Node.Scalar::text).collect(Collectors.toSet());
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
