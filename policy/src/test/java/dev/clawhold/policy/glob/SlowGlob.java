package dev.clawhold.policy.glob;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The pattern dialect a second time, as the reference describes it and slowly: patterns and texts
/// are lists of units, and a table says which end of the one matches which end of the other.
public final class SlowGlob {
    private static final String PLAIN_IN_PATHS = "-._~!$&'()*+,;=:@/";

    private sealed interface Token {
        record Unit(String unit) implements Token {}

        record Question() implements Token {}

        record Star() implements Token {}

        /// Whole segments, with the separator behind them.
        record Segments() implements Token {}

        /// All that follows, at least so many units.
        record Rest(int least) implements Token {}

        record Set(List<int[]> ranges, boolean negated) implements Token {}
    }

    private final Glob.Kind kind;
    private final String separator;
    private final String pattern;

    private SlowGlob(Glob.Kind kind, String pattern) {
        this.kind = kind;
        this.pattern = pattern;
        separator =
                switch (kind) {
                    case HOST -> ".";
                    case PATH, BINARY -> "/";
                    case VALUE -> "";
                };
    }

    /// Whether a well-formed pattern matches the whole text.
    public static boolean matches(Glob.Kind kind, String pattern, String text) {
        return expand(pattern).stream().anyMatch(p -> new SlowGlob(kind, p).matches(text));
    }

    /// The first group of braces becomes its choices; the rest follows by recursion.
    private static List<String> expand(String text) {
        int open = find(text, '{', 0);
        if (open < 0) {
            return List.of(text);
        }
        int close = find(text, '}', open);
        var all = new ArrayList<String>();
        int from = open + 1;
        while (from <= close) {
            int comma = find(text, ',', from);
            int end = comma < 0 || comma > close ? close : comma;
            for (var tail : expand(text.substring(close + 1))) {
                all.add(text.substring(0, open) + text.substring(from, end) + tail);
            }
            from = end + 1;
        }
        return all;
    }

    private static int find(String text, char wanted, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(String text) {
        var tokens = tokens();
        var units = units(text);
        var known = new ArrayList<Optional<Boolean>>();
        for (int i = 0; i < (tokens.size() + 1) * (units.size() + 1); i++) {
            known.add(Optional.empty());
        }
        return matches(tokens, 0, units, 0, known);
    }

    private boolean matches(
            List<Token> tokens, int i, List<String> units, int j, List<Optional<Boolean>> known) {
        int at = i * (units.size() + 1) + j;
        if (known.get(at).isEmpty()) {
            known.set(at, Optional.of(decide(tokens, i, units, j, known)));
        }
        return known.get(at).get();
    }

    private boolean decide(
            List<Token> tokens, int i, List<String> units, int j, List<Optional<Boolean>> known) {
        if (i == tokens.size()) {
            return j == units.size();
        }
        boolean more = j < units.size();
        var next = more ? units.get(j) : "";
        return switch (tokens.get(i)) {
            case Token.Unit(var unit) ->
                    more && unit.equals(next) && matches(tokens, i + 1, units, j + 1, known);
            case Token.Question _ ->
                    more && !isSeparator(next) && matches(tokens, i + 1, units, j + 1, known);
            case Token.Set set ->
                    more
                            && !isSeparator(next)
                            && holds(set, next)
                            && matches(tokens, i + 1, units, j + 1, known);
            case Token.Star _ -> {
                int k = j;
                while (!matches(tokens, i + 1, units, k, known)) {
                    if (k == units.size() || isSeparator(units.get(k))) {
                        yield false;
                    }
                    k++;
                }
                yield true;
            }
            case Token.Segments _ -> {
                boolean found = matches(tokens, i + 1, units, j, known);
                for (int k = j; k < units.size() && !found; k++) {
                    found =
                            isSeparator(units.get(k))
                                    && matches(tokens, i + 1, units, k + 1, known);
                }
                yield found;
            }
            case Token.Rest(int least) -> {
                boolean found = false;
                for (int k = j + least; k <= units.size() && !found; k++) {
                    found = matches(tokens, i + 1, units, k, known);
                }
                yield found;
            }
        };
    }

    private boolean isSeparator(String unit) {
        return unit.equals(separator);
    }

    private static boolean holds(Token.Set set, String unit) {
        int c = unit.length() == 3 && unit.charAt(0) == '%' ? -1 : unit.codePointAt(0);
        return set.ranges().stream().anyMatch(r -> r[0] <= c && c <= r[1]) != set.negated();
    }

    private List<String> units(String text) {
        var units = new ArrayList<String>();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int length = kind == Glob.Kind.PATH && isTriplet(text, i) ? 3 : Character.charCount(c);
            var unit = text.substring(i, i + length);
            units.add(length == 3 ? upper(unit) : unit);
            i += length;
        }
        return units;
    }

    private static String upper(String triplet) {
        return "%%%02X".formatted(Integer.parseInt(triplet.substring(1), 16));
    }

    private static boolean isTriplet(String text, int i) {
        return i + 3 <= text.length() && text.substring(i, i + 3).matches("%[0-9A-Fa-f]{2}");
    }

    private List<Token> tokens() {
        var tokens = new ArrayList<Token>();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            switch (c) {
                case '?' -> {
                    tokens.add(new Token.Question());
                    i++;
                }
                case '*' -> i = stars(i, tokens);
                case '[' -> i = set(i, tokens);
                case '\\' -> i = literal(i + 1, tokens);
                default -> i = isPathTriplet(i) ? triplet(i, tokens) : literal(i, tokens);
            }
        }
        return tokens;
    }

    private int stars(int from, List<Token> tokens) {
        int end = from;
        while (end < pattern.length() && pattern.charAt(end) == '*') {
            end++;
        }
        boolean begins = tokens.isEmpty() || tokens.getLast().equals(new Token.Unit(separator));
        begins |= !tokens.isEmpty() && tokens.getLast() instanceof Token.Segments;
        boolean last = end == pattern.length();
        boolean ends = last || pattern.substring(end, end + 1).equals(separator);
        if (end - from != 2 || !begins || !ends || kind == Glob.Kind.VALUE) {
            tokens.add(new Token.Star());
        } else if (kind == Glob.Kind.HOST) {
            tokens.add(new Token.Rest(tokens.isEmpty() && last ? 0 : 1));
        } else if (last) {
            tokens.add(new Token.Rest(0));
        } else {
            tokens.add(new Token.Segments());
            end++;
        }
        return end;
    }

    private int set(int from, List<Token> tokens) {
        int i = from + 1;
        boolean negated = pattern.charAt(i) == '!' || pattern.charAt(i) == '^';
        i += negated ? 1 : 0;
        var ranges = new ArrayList<int[]>();
        while (pattern.charAt(i) != ']') {
            i += pattern.charAt(i) == '\\' ? 1 : 0;
            int first = pattern.codePointAt(i);
            int last = first;
            i += Character.charCount(first);
            if (pattern.charAt(i) == '-' && pattern.charAt(i + 1) != ']') {
                last = pattern.codePointAt(i + 1);
                i += 1 + Character.charCount(last);
            }
            ranges.add(new int[] {first, last});
        }
        tokens.add(new Token.Set(ranges, negated));
        return i + 1;
    }

    private boolean isPathTriplet(int i) {
        return kind == Glob.Kind.PATH && isTriplet(pattern, i);
    }

    private int triplet(int i, List<Token> tokens) {
        int value = Integer.parseInt(pattern.substring(i + 1, i + 3), 16);
        boolean plain = isPlain(value) && value != '/' && value != ';';
        tokens.add(
                new Token.Unit(
                        plain ? Character.toString(value) : upper(pattern.substring(i, i + 3))));
        return i + 3;
    }

    private int literal(int i, List<Token> tokens) {
        int c = pattern.codePointAt(i);
        var unit = Character.toString(c);
        if (kind == Glob.Kind.HOST && c < 128) {
            tokens.add(new Token.Unit(Character.toString(Character.toLowerCase(c))));
        } else if (kind != Glob.Kind.PATH || isPlain(c)) {
            tokens.add(new Token.Unit(unit));
        } else {
            for (byte b : unit.getBytes(StandardCharsets.UTF_8)) {
                tokens.add(new Token.Unit("%%%02X".formatted(b & 255)));
            }
        }
        return i + unit.length();
    }

    private static boolean isPlain(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || PLAIN_IN_PATHS.indexOf(c) >= 0);
    }
}
