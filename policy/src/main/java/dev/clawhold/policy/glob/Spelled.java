package dev.clawhold.policy.glob;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds patterns that together match exactly a set: takes a text of it, puts wildcards in as long
/// as the set covers what they match, and goes on with the rest.
final class Spelled {
    static final int MOST_GLOBS = 8;

    private final Language set;
    private final char separator;

    private Spelled(Language set) {
        this.set = set;
        this.separator =
                switch (set.kind()) {
                    case HOST -> '.';
                    case PATH, BINARY -> '/';
                    case VALUE -> '\0'; // in no readable text
                };
    }

    static Optional<List<String>> of(Language set) {
        var spelled = new Spelled(set);
        var globs = new ArrayList<String>();
        var rest = set;
        for (var text = rest.witness(); text.isPresent(); text = rest.witness()) {
            if (globs.size() == MOST_GLOBS) {
                return Optional.empty();
            }
            var glob = spelled.widened(text.get());
            globs.add(glob);
            rest = rest.minus(spelled.language(glob).orElseThrow());
        }
        return Optional.of(List.copyOf(globs));
    }

    /// A pattern that matches the text and nothing outside the set.
    private String widened(String text) {
        var parts = split(escaped(text));
        return switch (set.kind()) {
            case HOST -> widened(leading(parts));
            case PATH, BINARY -> widened(trailing(parts));
            case VALUE -> widened(parts);
        };
    }

    private String widened(List<String> given) {
        var parts = new ArrayList<>(given);
        boolean rooted = set.kind() == Glob.Kind.PATH || set.kind() == Glob.Kind.BINARY;
        for (int i = rooted ? 1 : 0; i < parts.size(); i++) {
            var part = parts.get(i);
            for (var wider : List.of("*", part + "*", "*" + part)) {
                if (!part.equals("**") && covered(with(parts, i, wider))) {
                    parts.set(i, wider);
                    break;
                }
            }
        }
        return joined(parts);
    }

    private List<String> split(String text) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static List<String> with(List<String> parts, int at, String part) {
        var changed = new ArrayList<>(parts);
        changed.set(at, part);
        return changed;
    }

    /// With `**` for as many first labels as the set allows.
    private List<String> leading(List<String> parts) {
        for (int from = parts.size(); from > 0; from--) {
            var wider = new ArrayList<>(parts.subList(from, parts.size()));
            wider.addFirst("**");
            if (covered(wider)) {
                return wider;
            }
        }
        return parts;
    }

    /// With `**` for as many last segments as the set allows.
    private List<String> trailing(List<String> parts) {
        for (int from = 1; from < parts.size(); from++) {
            var wider = new ArrayList<>(parts.subList(0, from));
            wider.add("**");
            if (covered(wider)) {
                return wider;
            }
        }
        return parts;
    }

    private boolean covered(List<String> parts) {
        return language(joined(parts)).filter(set::covers).isPresent();
    }

    private String joined(List<String> parts) {
        return String.join(String.valueOf(separator), parts);
    }

    private Optional<Language> language(String pattern) {
        return switch (Glob.read(set.kind(), pattern)) {
            case Glob.Read.Good(var glob, _) -> Optional.of(Language.of(glob));
            case Glob.Read.Bad _ -> Optional.empty();
        };
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars()
                .forEach(c -> escaped.append("*?[{\\".indexOf(c) < 0 ? "" : "\\").append((char) c));
        return escaped.toString();
    }
}
