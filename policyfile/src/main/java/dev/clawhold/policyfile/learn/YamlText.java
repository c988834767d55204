package dev.clawhold.policyfile.learn;

import java.util.Locale;
import java.util.regex.Pattern;

/// Text as YAML (1.2.2 § 7.3) and its comments hold it, in ASCII.
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9/._-]*");
    private static final Pattern NULL = Pattern.compile("null|Null|NULL");

    private YamlText() {}

    /// A scalar that reads back as the text.
    static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NULL.matcher(text).matches();
        return plain ? text : quoted(text);
    }

    /// A scalar in quotes.
    static String quoted(String text) {
        boolean ascii = text.chars().allMatch(c -> c >= ' ' && c < 127);
        return ascii ? "'" + text.replace("'", "''") + "'" : escaped(text);
    }

    private static String escaped(String text) {
        var out = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        out.append('\\').append((char) c);
                    } else if (c >= ' ' && c < 127) {
                        out.append((char) c);
                    } else {
                        out.append(String.format(Locale.ROOT, "\\U%08X", c));
                    }
                });
        return out.append('"').toString();
    }

    /// Text that others chose, for a comment.
    static String comment(String text) {
        var out = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    if (c >= ' ' && c < 127) {
                        out.append((char) c);
                    } else {
                        out.append("\\u{").append(Integer.toHexString(c)).append('}');
                    }
                });
        return out.toString();
    }
}
