package dev.clawhold.policyfile.edit;

import dev.clawhold.policyfile.Node;
import java.util.List;

/// A value as it is written: what `Node` leaves out, so that a text can be edited where it stands.
sealed interface Tree {
    Span span();

    /// Where a value stands.
    ///
    /// @param from the first character, that of an anchor if there is one
    /// @param to after the last character
    /// @param column where its lines begin, if it is a block; else that of its first character
    /// @param anchor empty if it has none
    record Span(int from, int to, int column, String anchor) {
        static final Span MADE = new Span(-1, -1, 0, "");
    }

    /// A scalar.
    ///
    /// @param plain whether it stands without quotes
    /// @param block whether it is written over lines of its own, after `|` or `>`
    record Text(String text, boolean plain, boolean block, Span span) implements Tree {}

    record Items(List<Tree> items, boolean flow, Span span) implements Tree {}

    record Fields(List<Field> fields, boolean flow, Span span) implements Tree {
        Field get(String key) {
            return fields.stream()
                    .filter(field -> field.key().text().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no key " + key));
        }

        boolean has(String key) {
            return fields.stream().anyMatch(field -> field.key().text().equals(key));
        }
    }

    record Alias(String name, Tree target, Span span) implements Tree {}

    record Field(Text key, Tree value) {}

    /// A value that stands in no text.
    static Tree of(Node node) {
        return switch (node) {
            case Node.Scalar(var text, boolean plain, _) -> new Text(text, plain, false, Span.MADE);
            case Node.Items list ->
                    new Items(list.items().stream().map(Tree::of).toList(), false, Span.MADE);
            case Node.Fields map ->
                    new Fields(map.fields().stream().map(Tree::of).toList(), false, Span.MADE);
        };
    }

    private static Field of(Node.Field field) {
        var key = new Text(field.key().text(), field.key().plain(), false, Span.MADE);
        return new Field(key, of(field.value()));
    }

    /// The value that an alias stands for.
    default Tree resolved() {
        return this instanceof Alias alias ? alias.target().resolved() : this;
    }

    /// Whether something in it has a name, or stands for what has one.
    default boolean hasAnchors() {
        return !span().anchor().isEmpty()
                || switch (this) {
                    case Text _ -> false;
                    case Alias _ -> true;
                    case Items list -> list.items().stream().anyMatch(Tree::hasAnchors);
                    case Fields map ->
                            map.fields().stream()
                                    .anyMatch(f -> f.key().hasAnchors() || f.value().hasAnchors());
                };
    }
}
