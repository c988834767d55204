package dev.clawhold.cli;

import java.util.List;
import java.util.Locale;

/// JSON for scripts (RFC 8259), in ASCII, so that it is fit for a terminal too.
final class JsonText {
    private final StringBuilder out = new StringBuilder("{");

    private JsonText() {}

    /// An object whose members are put one by one.
    static JsonText object() {
        return new JsonText();
    }

    static String array(List<JsonText> elements) {
        return "[" + String.join(",", elements.stream().map(JsonText::toString).toList()) + "]";
    }

    JsonText put(String name, String value) {
        return member(name, quote(value));
    }

    JsonText put(String name, long value) {
        return member(name, Long.toString(value));
    }

    JsonText put(String name, boolean value) {
        return member(name, Boolean.toString(value));
    }

    JsonText put(String name, List<JsonText> elements) {
        return member(name, array(elements));
    }

    private JsonText member(String name, String json) {
        if (out.length() > 1) {
            out.append(',');
        }
        out.append(quote(name)).append(':').append(json);
        return this;
    }

    private static String quote(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(c -> character((char) c, out));
        return out.append('"').toString();
    }

    private static void character(char c, StringBuilder out) {
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (c >= ' ' && c < 127) {
            out.append(c);
        } else {
            out.append(escape(c));
        }
    }

    /// The escape of one UTF-16 unit.
    static String escape(char c) {
        return String.format(Locale.ROOT, "\\u%04x", (int) c);
    }

    @Override
    public String toString() {
        return out + "}";
    }
}
