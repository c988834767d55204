package dev.clawhold.policyfile;

import java.util.List;
import java.util.Locale;

/// Values without their places, their style and the order of their keys, as text: equal for what is
/// equal.
final class Shape {
    private Shape() {}

    static String of(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> of(scalar);
            case Node.Items list -> list.items().stream().map(Shape::of).toList().toString();
            case Node.Fields map -> map.fields().stream().map(Shape::of).sorted().toList() + "}";
        };
    }

    private static String of(Node.Field field) {
        return of(field.key()) + "=" + of(field.value());
    }

    private static String of(Node.Scalar scalar) {
        var text = word(scalar);
        return text.length() + ":" + text;
    }

    /// The text, in one spelling for the two truth values.
    static String word(Node.Scalar scalar) {
        return Values.bool(scalar).map(String::valueOf).orElse(scalar.text());
    }

    /// As `of`, for lists whose order has no meaning.
    static List<String> sorted(Node node) {
        return node instanceof Node.Items list
                ? list.items().stream().map(Shape::of).sorted().distinct().toList()
                : List.of(of(node));
    }

    /// A path without what does not tell it from another.
    static String path(String text) {
        int end = text.length();
        while (end > 1 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    /// A host in one spelling.
    static String host(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
