package dev.clawhold.policyfile;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// An endpoint as merging compares it.
///
/// @param identity host, ports, path and protocol; endpoints that have it equal can become one
/// @param inspected whether its clauses have a meaning
/// @param rules what `rules` and `access` allow
/// @param others all else, by key, without what says the default
record EndpointContent(
        String identity,
        boolean inspected,
        Set<String> rules,
        Set<String> asks,
        Set<String> denials,
        Map<String, String> others) {
    private static final Set<String> IDENTITY = Set.of("host", "port", "ports", "path", "protocol");
    private static final Set<String> CLAUSES = Set.of("access", "rules", "ask_rules", "deny_rules");
    private static final Set<String> OPAQUE = Set.of("", "tcp", "sql");

    /// The keys that are neither identity nor clauses.
    static List<Node.Field> others(Node.Fields endpoint) {
        boolean inspected = isInspected(endpoint);
        return endpoint.fields().stream()
                .filter(f -> !IDENTITY.contains(f.key().text()))
                .filter(f -> !CLAUSES.contains(f.key().text()))
                .filter(f -> hasMeaning(f, inspected))
                .toList();
    }

    /// Inspected traffic is always decrypted, opaque traffic never, and only the latter can do
    /// without the test of its first bytes.
    private static boolean hasMeaning(Node.Field field, boolean inspected) {
        return switch (field.key().text()) {
            case "tls" -> !inspected && text(field.value()).equals("skip");
            case "enforcement" -> inspected;
            default -> true;
        };
    }

    static EndpointContent of(Node node) {
        if (!(node instanceof Node.Fields map)) {
            return new EndpointContent(
                    Shape.of(node), false, Set.of(), Set.of(), Set.of(), Map.of());
        }
        boolean inspected = isInspected(map);
        return new EndpointContent(
                identity(map),
                inspected,
                inspected ? allowed(map) : Set.of(),
                inspected ? clauses(map, "ask_rules") : Set.of(),
                inspected ? clauses(map, "deny_rules") : Set.of(),
                Defaults.ENDPOINT.told(Node.Fields.of(others(map), map.place())));
    }

    private static String identity(Node.Fields map) {
        var ports = new TreeSet<String>();
        for (var key : List.of("port", "ports")) {
            switch (map.get(key).orElse(Node.Items.of(List.of(), map.place()))) {
                case Node.Items list -> list.items().forEach(item -> ports.add(text(item)));
                case Node.Scalar scalar -> ports.add(scalar.text());
                case Node.Fields other -> ports.add(Shape.of(other));
            }
        }
        return List.of(Shape.host(value(map, "host")), ports, value(map, "path"), protocol(map))
                .toString();
    }

    /// The protocol by which an endpoint is judged; that of an opaque one is empty.
    static String protocol(Node.Fields map) {
        var named = value(map, "protocol").toLowerCase(Locale.ROOT);
        if (!named.isEmpty()) {
            return OPAQUE.contains(named) ? "" : named;
        }
        boolean restricts =
                map.get("access").map(node -> !text(node).equals("full")).orElse(false)
                        || map.get("rules").map(node -> !isCatchAll(node)).orElse(false)
                        || map.get("ask_rules").isPresent()
                        || map.get("deny_rules").isPresent();
        return restricts ? "rest" : "";
    }

    static boolean isInspected(Node.Fields map) {
        return !protocol(map).isEmpty();
    }

    private static boolean isCatchAll(Node rules) {
        return rules instanceof Node.Items list
                && list.items().size() == 1
                && clause(list.items().getFirst()) instanceof Node.Fields clause
                && clause.fields().size() == 2
                && value(clause, "method").equals("*")
                && isEverything(value(clause, "path"));
    }

    static boolean isEverything(String path) {
        return path.equals("**") || path.equals("/**");
    }

    private static Set<String> allowed(Node.Fields map) {
        var allowed = new HashSet<>(clauses(map, "rules"));
        map.get("access")
                .map(node -> AccessPreset.clauses(protocol(map), text(node), node.place()))
                .orElse(List.of())
                .forEach(rule -> allowed.add(clauseShape(rule)));
        return allowed;
    }

    static Set<String> clauses(Node.Fields map, String key) {
        var shapes = new HashSet<String>();
        if (map.get(key).orElse(map) instanceof Node.Items list) {
            list.items().forEach(item -> shapes.add(clauseShape(item)));
        }
        return shapes;
    }

    static String clauseShape(Node item) {
        return Shape.of(clause(item));
    }

    /// What stands under `allow`, or the clause itself.
    static Node clause(Node item) {
        return item instanceof Node.Fields map ? map.get("allow").orElse(item) : item;
    }

    static String value(Node.Fields map, String key) {
        return map.get(key).map(EndpointContent::text).orElse("");
    }

    static String text(Node node) {
        return node instanceof Node.Scalar scalar ? Shape.word(scalar) : Shape.of(node);
    }

    /// Whether nothing of another endpoint would be new here.
    boolean contains(EndpointContent other) {
        return identity.equals(other.identity)
                && others.equals(other.others)
                && rules.containsAll(other.rules)
                && asks.containsAll(other.asks)
                && denials.containsAll(other.denials);
    }

    /// Whether some clauses allow all that one more would allow.
    static boolean isCovered(Set<String> here, Node item) {
        return here.contains(clauseShape(item))
                || (clause(item) instanceof Node.Fields clause
                        && wider(clause).anyMatch(wide -> here.contains(Shape.of(wide))));
    }

    private static Stream<Node> wider(Node.Fields clause) {
        var key = clause.get("operation_type").isPresent() ? "operation_type" : "method";
        var word = value(clause, key);
        var words = new HashSet<>(Set.of(word));
        if (!word.equals("TRACE") && !word.equals("CONNECT")) {
            words.add("*");
        }
        if (word.equals("HEAD")) {
            words.add("GET");
        }
        return words.stream()
                .flatMap(
                        w -> Stream.of("**", "/**").map(path -> AccessPreset.clause(key, w, path)));
    }
}
