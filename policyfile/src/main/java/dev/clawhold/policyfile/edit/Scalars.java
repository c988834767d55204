package dev.clawhold.policyfile.edit;

import java.util.Locale;
import java.util.Set;

/// Text as YAML spells it: without quotes where that is safe and means the same (YAML 1.2 § 7.3.3,
/// § 10.3.2), else between double quotes.
final class Scalars {
    private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";
    private static final Set<String> WORDS =
            Set.of("", "~", "null", "true", "false", ".nan", "<<", "=", "---", "...");

    private Scalars() {}

    /// A scalar on one line.
    ///
    /// @param plain whether it stood without quotes, so that the core schema may give it a type
    /// @param flow whether it stands between brackets
    static String of(String text, boolean plain, boolean flow) {
        boolean bare = plain && (isTyped(text) || text.isEmpty());
        return bare || (isSafe(text, flow) && (plain || !isTyped(text))) ? text : quoted(text);
    }

    /// Whether the core schema takes it for something other than text.
    static boolean isTyped(String text) {
        return WORDS.contains(text.toLowerCase(Locale.ROOT)) || isNumber(text);
    }

    /// Wider than the schema: what looks like a number to any reader.
    private static boolean isNumber(String text) {
        var digits =
                text.startsWith("-") || text.startsWith("+") || text.startsWith(".")
                        ? text.substring(1)
                        : text;
        return !digits.isEmpty()
                && (Character.isDigit(digits.charAt(0)) || digits.equalsIgnoreCase(".inf"))
                && digits.chars()
                        .allMatch(c -> "0123456789abcdefABCDEFxo.+-_infINF".indexOf(c) >= 0);
    }

    private static boolean isSafe(String text, boolean flow) {
        return !text.isEmpty()
                && INDICATORS.indexOf(text.charAt(0)) < 0
                && text.strip().equals(text)
                && !text.contains(": ")
                && !text.contains(" #")
                && !text.endsWith(":")
                && text.codePoints().allMatch(c -> isPrintable(c) && !(flow && isBracket(c)));
    }

    private static boolean isBracket(int c) {
        return ",[]{}".indexOf(c) >= 0;
    }

    private static boolean isPrintable(int c) {
        return c >= 0x20
                && c != 0x7F
                && !(c >= 0x80 && c < 0xA0)
                && c != 0x2028
                && c != 0x2029
                && c != 0xFEFF
                && !(c >= 0xD800 && c <= 0xDFFF);
    }

    /// Between double quotes, as JSON would have it.
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> quoted.append("\\\"");
                        case '\\' -> quoted.append("\\\\");
                        case '\n' -> quoted.append("\\n");
                        case '\t' -> quoted.append("\\t");
                        case '\r' -> quoted.append("\\r");
                        default -> {
                            if (isPrintable(c)) {
                                quoted.appendCodePoint(c);
                            } else {
                                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
                            }
                        }
                    }
                });
        return quoted.append('"').toString();
    }
}
