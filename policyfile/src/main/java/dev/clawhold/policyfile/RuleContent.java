package dev.clawhold.policyfile;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A rule as merging compares it: without its name and its note.
///
/// @param conditions verdict, time, limits and what else holds for the rule as a whole
/// @param binaries one for each program; `any` alone for all
record RuleContent(String conditions, Set<String> binaries, Set<EndpointContent> endpoints) {
    private static final String ANY = "any";
    private static final Set<String> NAMES = Set.of("name", "note", "endpoints", "binaries");
    private static final Defaults PROGRAM =
            new Defaults(
                    Map.of("descendants", Shape.of(new Node.Scalar("true", true, Place.START))),
                    Set.of());

    static RuleContent of(Node node) {
        if (!(node instanceof Node.Fields rule)) {
            return new RuleContent(Shape.of(node), Set.of(), Set.of());
        }
        return new RuleContent(conditions(rule), programs(rule), endpointsOf(rule));
    }

    private static String conditions(Node.Fields rule) {
        var fields =
                rule.fields().stream()
                        .filter(f -> !NAMES.contains(f.key().text()))
                        .filter(f -> !isDefault(f))
                        .toList();
        return Shape.of(Node.Fields.of(fields, rule.place()));
    }

    private static boolean isDefault(Node.Field field) {
        var text = field.value() instanceof Node.Scalar scalar ? scalar.text() : "";
        return field.key().text().equals("verdict") && text.equals("allow");
    }

    private static Set<String> programs(Node.Fields rule) {
        var programs = new HashSet<String>();
        switch (rule.get("binaries").orElse(rule)) {
            case Node.Items list -> list.items().forEach(item -> programs.add(program(item)));
            case Node.Scalar _, Node.Fields _ -> programs.add(ANY);
        }
        return programs;
    }

    static String program(Node item) {
        if (item instanceof Node.Fields map) {
            var told = PROGRAM.told(map);
            told.remove("harness");
            return new TreeMap<>(told).toString();
        }
        return "{path=" + Shape.sorted(item) + "}";
    }

    private static Set<EndpointContent> endpointsOf(Node.Fields rule) {
        var endpoints = new HashSet<EndpointContent>();
        if (rule.get("endpoints").orElse(rule) instanceof Node.Items list) {
            list.items().forEach(item -> endpoints.add(EndpointContent.of(item)));
        }
        return endpoints;
    }

    boolean isForAll() {
        return binaries.contains(ANY);
    }

    /// Whether nothing of another rule would be new here.
    boolean contains(RuleContent other) {
        return conditions.equals(other.conditions)
                && (isForAll() || binaries.containsAll(other.binaries))
                && other.endpoints.stream()
                        .allMatch(theirs -> endpoints.stream().anyMatch(e -> e.contains(theirs)));
    }

    /// Whether the two can be one without a pair of program and endpoint that neither has.
    boolean canUnite(RuleContent other) {
        return conditions.equals(other.conditions)
                && (binaries.equals(other.binaries)
                        || (endpoints.equals(other.endpoints) && !other.isForAll()));
    }

    static List<Node> items(Node.Fields map, String key) {
        return map.get(key).orElse(map) instanceof Node.Items list ? list.items() : List.of();
    }
}
