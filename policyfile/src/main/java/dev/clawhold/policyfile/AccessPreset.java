package dev.clawhold.policyfile;

import java.util.List;

/// The clauses that `access` stands for.
final class AccessPreset {
    private static final List<String> LEVELS = List.of("read-only", "read-write", "full");

    private AccessPreset() {}

    /// How much a level allows; each holds all of those before it.
    static int rank(String level) {
        return LEVELS.indexOf(level);
    }

    /// As items of `rules`; none for a protocol or a level that has no such clauses.
    static List<Node> clauses(String protocol, String level, Place place) {
        var words =
                switch (protocol) {
                    case "rest" -> rest(level);
                    case "websocket" -> websocket(level);
                    case "graphql" -> graphql(level);
                    default -> List.<String>of();
                };
        return words.stream().map(word -> rule(protocol, word, place)).toList();
    }

    private static List<String> rest(String level) {
        return switch (level) {
            case "read-only" -> List.of("GET", "HEAD", "OPTIONS");
            case "read-write" -> List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH");
            case "full" -> List.of("*");
            default -> List.of();
        };
    }

    private static List<String> websocket(String level) {
        return switch (level) {
            case "read-only" -> List.of("GET");
            case "read-write" -> List.of("GET", "WEBSOCKET_TEXT");
            case "full" -> List.of("*");
            default -> List.of();
        };
    }

    private static List<String> graphql(String level) {
        return switch (level) {
            case "read-only" -> List.of("query");
            case "read-write" -> List.of("query", "mutation");
            case "full" -> List.of("*");
            default -> List.of();
        };
    }

    private static Node rule(String protocol, String word, Place place) {
        var key = protocol.equals("graphql") ? "operation_type" : "method";
        return map(place, new Node.Field(plain("allow", place), clause(key, word, "**", place)));
    }

    /// The clause for one word on everything.
    static Node clause(String key, String word, String path) {
        return clause(key, word, path, Place.START);
    }

    private static Node clause(String key, String word, String path, Place place) {
        var first = field(key, word, place);
        return key.equals("method")
                ? map(place, first, field("path", path, place))
                : map(place, first);
    }

    private static Node map(Place place, Node.Field... fields) {
        return Node.Fields.of(List.of(fields), place);
    }

    private static Node.Scalar plain(String text, Place place) {
        return new Node.Scalar(text, true, place);
    }

    private static Node.Field field(String key, String value, Place place) {
        return new Node.Field(plain(key, place), new Node.Scalar(value, false, place));
    }
}
