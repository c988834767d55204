package dev.clawhold.policy.glob;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A pattern over a whole host, path, program file or value; the policy language's reference has
/// the dialect. Matching takes time linear in the text and allocates nothing for patterns of fewer
/// than 64 elements.
public final class Glob {

    /// What a pattern is about: its separator and its letter case follow from it.
    public enum Kind {
        /// Separator `.`; letter case does not count; no character classes.
        HOST,
        /// Separator `/`; a `%HH` triplet is one unit; the pattern is brought to the canonical form
        /// of request paths.
        PATH,
        /// Separator `/`.
        BINARY,
        /// No separator.
        VALUE
    }

    /// What became of a pattern's text.
    public sealed interface Read {
        /// A pattern that can be used.
        ///
        /// @param loose whether `**` stands beside other characters and so means `*`
        record Good(Glob glob, boolean loose) implements Read {}

        /// A text that is no pattern.
        ///
        /// @param message what is wrong, in words
        record Bad(String message) implements Read {}
    }

    private final Kind kind;
    private final String text;
    private final List<String> expansions;
    private final Nfa[] alternatives;
    private final boolean literal;
    private final String literalText;

    private Glob(
            Kind kind, String text, List<String> expansions, List<Nfa> machines, boolean literal) {
        this.kind = kind;
        this.text = text;
        this.expansions = expansions;
        this.alternatives = machines.toArray(new Nfa[0]);
        this.literal = literal && machines.size() == 1;
        this.literalText = this.literal ? withoutEscapes(expansions.getFirst()) : text;
    }

    /// Compiles a pattern.
    public static Read read(Kind kind, String pattern) {
        var text = kind == Kind.HOST ? pattern.toLowerCase(Locale.ROOT) : pattern;
        try {
            var machines = new ArrayList<Nfa>();
            boolean loose = false;
            boolean literal = true;
            var alternatives = GlobText.alternatives(text);
            for (var alternative : alternatives) {
                var reading = new GlobText(kind, alternative).read();
                machines.add(new Nfa(reading.elements(), kind == Kind.PATH));
                loose |= reading.loose();
                literal &= reading.literal();
            }
            var glob = new Glob(kind, text, alternatives, machines, literal);
            return new Read.Good(glob, loose);
        } catch (GlobText.MalformedException malformed) {
            return new Read.Bad(malformed.message());
        }
    }

    /// The pattern that matches exactly this text, in which no character is special.
    public static Glob literally(Kind kind, String text) {
        var escaped = new StringBuilder();
        text.chars()
                .forEach(c -> escaped.append("*?[{\\".indexOf(c) < 0 ? "" : "\\").append((char) c));
        return switch (read(kind, escaped.toString())) {
            case Read.Good good -> good.glob();
            case Read.Bad bad -> throw new IllegalArgumentException(bad.message());
        };
    }

    /// Whether the pattern matches the whole text, which for hosts and paths is in canonical form.
    public boolean matches(String candidate) {
        for (var alternative : alternatives) {
            if (alternative.matches(candidate)) {
                return true;
            }
        }
        return false;
    }

    /// What the pattern is about.
    public Kind kind() {
        return kind;
    }

    /// One machine for each text that braces expand to.
    List<Nfa> machines() {
        return List.of(alternatives);
    }

    /// Whether the pattern has neither wildcards nor alternatives.
    public boolean isLiteral() {
        return literal;
    }

    /// The one text that a literal pattern matches; the pattern itself if it is not literal.
    public String literalText() {
        return literalText;
    }

    private static String withoutEscapes(String pattern) {
        var plain = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            plain.append(c == '\\' ? pattern.charAt(++i) : c);
        }
        return plain.toString();
    }

    /// The texts that braces expand to, or the pattern alone.
    public List<String> expansions() {
        return expansions;
    }

    /// Whether the pattern has an element that is special when not escaped.
    public static boolean hasWildcards(String pattern) {
        return pattern.chars().anyMatch(c -> "*?[{\\".indexOf(c) >= 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob that && kind == that.kind && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// The pattern as it was written; a host's in lower case.
    @Override
    public String toString() {
        return text;
    }
}
