package dev.clawhold.policyfile.edit;

import java.nio.charset.StandardCharsets;

/// A text with its lines. Positions count characters, from 0.
///
/// @param text without a byte order mark
/// @param marked whether there was one
record Source(String text, boolean marked) {
    private static final char MARK = '\uFEFF';

    static Source of(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        boolean marked = !text.isEmpty() && text.charAt(0) == MARK;
        return new Source(marked ? text.substring(1) : text, marked);
    }

    byte[] bytes() {
        return (marked ? MARK + text : text).getBytes(StandardCharsets.UTF_8);
    }

    /// How its lines end: as the first does.
    String lineEnd() {
        int at = text.indexOf('\n');
        return at > 0 && text.charAt(at - 1) == '\r' ? "\r\n" : "\n";
    }

    int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /// The beginning of the next line; the end of the text if there is none. A position at the
    /// beginning of a line, after something, is one already.
    int afterLine(int at) {
        if (at > 0 && at <= text.length() && text.charAt(at - 1) == '\n') {
            return at;
        }
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }

    /// The line that begins at a position, without its end.
    String line(int start) {
        int end = text.indexOf('\n', start);
        var line = text.substring(start, end < 0 ? text.length() : end);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    int column(int at) {
        int start = lineStart(at);
        return text.codePointCount(start, at);
    }

    /// Whether only blanks stand before a position on its line.
    boolean beginsLine(int at) {
        return text.substring(lineStart(at), at).isBlank();
    }
}
