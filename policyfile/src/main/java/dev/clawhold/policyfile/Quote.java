package dev.clawhold.policyfile;

/// Input as messages show it: in backticks, bounded, without what would disturb a terminal.
final class Quote {
    private static final int LONGEST = 80;

    private Quote() {}

    static String of(String text) {
        var shown =
                text.length() <= LONGEST
                        ? text
                        : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "…";
        return "`" + printable(shown) + "`";
    }

    /// The text with controls and other characters that cannot be seen replaced.
    static String printable(String text) {
        var shown = new StringBuilder();
        text.codePoints().map(c -> isVisible(c) ? c : '\uFFFD').forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
