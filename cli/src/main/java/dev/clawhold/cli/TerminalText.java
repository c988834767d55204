package dev.clawhold.cli;

/// Text that others chose, made fit for a terminal: one line, in which nothing moves the cursor,
/// hides, or turns the order of what follows. What is not shown as it is appears as a backslash,
/// `u` and its number in braces.
final class TerminalText {
    private TerminalText() {}

    static String escape(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (c == '\\') {
                        out.append("\\\\");
                    } else if (isHarmless(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append("\\u{").append(Integer.toHexString(c)).append('}');
                    }
                });
        return out.toString();
    }

    private static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
