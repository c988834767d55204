package dev.clawhold.policy.reach;

import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.ValueMatcher;
import dev.clawhold.policy.content.OperationType;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.glob.Language;
import dev.clawhold.policy.reach.Probe.Content;
import dev.clawhold.policy.reach.Probe.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The contents of bodies and queries that clauses can tell apart, one of each behaviour.
record Contents(Vocabulary vocabulary) {

    /// A content with what people call all that it stands for.
    record Labelled<T>(T value, String label) {}

    /// The queries, as values by parameter.
    List<Map<String, List<String>>> queries() {
        var clauses = vocabulary.http().filter(c -> !c.query().isEmpty()).distinct().toList();
        Map<String, List<Glob>> byName = new TreeMap<>();
        clauses.forEach(c -> c.query().forEach((name, m) -> add(byName, name, m)));
        List<Map<String, List<String>>> queries = List.of(Map.of());
        for (var name : byName.keySet()) {
            var atoms = PatternAtoms.of(Glob.Kind.VALUE, byName.get(name), "*");
            var values = new ArrayList<List<String>>();
            values.add(List.of());
            for (int i = 0; i < atoms.size(); i++) {
                values.add(List.of(atoms.witness(i)));
            }
            var own = clauses.stream().filter(c -> c.query().containsKey(name)).toList();
            var lists =
                    Closure.of(
                            values,
                            list -> tested(own, Map.of(name, list), name),
                            Contents::concatenated);
            queries =
                    Closure.product(
                            queries,
                            lists,
                            (query, list) -> with(query, name, list),
                            query -> tested(clauses, query, ""));
        }
        return queries;
    }

    /// What each clause says about a query: in the roles of allowing and of denying.
    private static List<Boolean> tested(
            List<HttpClause> clauses, Map<String, List<String>> query, String only) {
        var tested = new ArrayList<Boolean>();
        for (var clause : clauses) {
            var matchers = new HashMap<>(clause.query());
            // A parameter that has no values yet may still get some: only what is there counts.
            matchers.keySet()
                    .removeIf(
                            name -> only.isEmpty() ? !query.containsKey(name) : !name.equals(only));
            tested.add(new ClauseMatch(false).matches(matchers, query));
            tested.add(new ClauseMatch(true).matches(matchers, query));
        }
        return tested;
    }

    private static <T> Map<String, T> with(Map<String, T> map, String name, T value) {
        var more = new HashMap<>(map);
        more.put(name, value);
        return more;
    }

    private static List<String> concatenated(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    private static void add(Map<String, List<Glob>> byName, String name, ValueMatcher matcher) {
        byName.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(matcher.any());
    }

    List<Labelled<Content.Operation>> operations() {
        var clauses = vocabulary.operations().distinct().toList();
        var names =
                PatternAtoms.of(
                        Glob.Kind.VALUE,
                        clauses.stream().flatMap(c -> c.name().stream()).toList(),
                        "*");
        var fields =
                PatternAtoms.of(
                        Glob.Kind.VALUE,
                        clauses.stream().flatMap(c -> c.fields().stream()).toList(),
                        "*");
        var labels = new HashMap<String, String>();
        for (int i = 0; i < fields.size(); i++) {
            labels.put(fields.witness(i), fields.text(i));
        }
        var sets =
                Closure.of(
                        Stream.concat(
                                        Stream.of(Set.<String>of()),
                                        labels.keySet().stream().sorted().map(Set::of))
                                .toList(),
                        set -> clauses.stream().map(c -> fieldsTested(c, set)).toList(),
                        (a, b) -> {
                            var both = new TreeSet<>(a);
                            both.addAll(b);
                            return both;
                        });
        var found = new ArrayList<Labelled<Content.Operation>>();
        for (var type : OperationType.values()) {
            for (int n = -1; n < names.size(); n++) {
                var name = n < 0 ? Optional.<String>empty() : Optional.of(names.witness(n));
                for (var set : sets) {
                    found.add(
                            new Labelled<>(
                                    new Content.Operation(type, name, set),
                                    label(type, n < 0 ? "" : names.text(n), set, labels)));
                }
            }
        }
        return found;
    }

    private static List<Boolean> fieldsTested(GraphQlClause clause, Set<String> fields) {
        var only = new GraphQlClause(Optional.empty(), Optional.empty(), clause.fields(), 0);
        var operation = new Content.Operation(OperationType.QUERY, Optional.empty(), fields);
        return List.of(
                new ClauseMatch(false).matches(only, operation),
                new ClauseMatch(true).matches(only, operation));
    }

    private static String label(
            OperationType type, String name, Set<String> fields, Map<String, String> labels) {
        var all = fields.stream().map(f -> labels.getOrDefault(f, f)).sorted().toList();
        return type.name().toLowerCase(Locale.ROOT)
                + (name.isEmpty() || name.equals("*") ? "" : " " + name)
                + (all.equals(List.of("*")) ? "" : " {" + String.join(" ", all) + "}");
    }

    /// The calls of JSON-RPC and of the Model Context Protocol.
    List<Labelled<Content.Call>> calls() {
        Map<String, Language> sets = new LinkedHashMap<>();
        Stream.concat(
                        vocabulary.rpc().flatMap(c -> c.method().stream()),
                        vocabulary.speaks("mcp")
                                ? McpSettings.KNOWN_METHODS.stream().sorted()
                                : Stream.empty())
                .forEach(name -> sets.put(name, Language.exactly(Glob.Kind.VALUE, name)));
        vocabulary
                .mcp()
                .flatMap(c -> c.method().stream())
                .forEach(glob -> sets.put(glob.toString(), Language.of(glob)));
        var methods = new PatternAtoms(Glob.Kind.VALUE, sets, "*");
        var found = new ArrayList<Labelled<Content.Call>>();
        for (int i = 0; i < methods.size(); i++) {
            var method = methods.witness(i);
            if (method.equals(ClauseMatch.TOOL_CALL) && vocabulary.speaks("mcp")) {
                tools().forEach(tool ->
                        found.add(
                                new Labelled<>(
                                        new Content.Call(method, Optional.of(tool.value())),
                                        method + " " + tool.label())));
            } else {
                found.add(
                        new Labelled<>(
                                new Content.Call(method, Optional.empty()), methods.text(i)));
            }
        }
        return found;
    }

    private List<Labelled<Tool>> tools() {
        var clauses = vocabulary.mcp().filter(c -> c.isAboutTools()).distinct().toList();
        Map<String, Language> sets = new LinkedHashMap<>();
        clauses.stream()
                .flatMap(c -> c.tool().stream())
                .flatMap(m -> m.any().stream())
                .forEach(glob -> sets.put(glob.toString(), Language.of(glob)));
        // So that a name that is not strict never stands for one that is.
        sets.put(
                PatternAtoms.HIDDEN + "odd",
                value("*[!A-Za-z0-9_.\\-]*").union(Language.exactly(Glob.Kind.VALUE, "")));
        var names = new PatternAtoms(Glob.Kind.VALUE, sets, "*");
        List<Map<String, Optional<String>>> arguments = List.of(Map.of());
        Map<String, List<Glob>> byName = new TreeMap<>();
        clauses.forEach(c -> c.arguments().forEach((name, m) -> add(byName, name, m)));
        for (var name : byName.keySet()) {
            var atoms = PatternAtoms.of(Glob.Kind.VALUE, byName.get(name), "*");
            var values = new ArrayList<Map<String, Optional<String>>>();
            values.add(Map.of());
            values.add(Map.of(name, Optional.empty()));
            for (int i = 0; i < atoms.size(); i++) {
                values.add(Map.of(name, Optional.of(atoms.witness(i))));
            }
            arguments =
                    Closure.product(
                            arguments,
                            values,
                            (one, other) -> {
                                var both = new TreeMap<>(one);
                                both.putAll(other);
                                return both;
                            },
                            map -> map);
        }
        var tools = new ArrayList<Labelled<Tool>>();
        for (int i = 0; i < names.size(); i++) {
            for (var map : arguments) {
                tools.add(
                        new Labelled<>(
                                new Tool(names.witness(i), map),
                                names.text(i) + (map.isEmpty() ? "" : " " + map)));
            }
        }
        return tools;
    }

    private static Language value(String pattern) {
        return switch (Glob.read(Glob.Kind.VALUE, pattern)) {
            case Glob.Read.Good(var glob, _) -> Language.of(glob);
            case Glob.Read.Bad(var message) -> throw new IllegalArgumentException(message);
        };
    }
}
