package dev.clawhold.audit;

import java.util.Arrays;

/// A growing buffer of JSON text. It is pure ASCII, whatever the text: every other character is
/// escaped (RFC 8259 § 7), so that no terminal, pager or editor can be steered by a log.
final class JsonBytes {
    /// Longer text is cut, so that nothing a workload names can swell the log.
    static final int LONGEST_TEXT = 4_096;

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private byte[] bytes = new byte[16 * 1_024];
    private int length;

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    /// Forgets what stands behind `newLength`.
    void cutTo(int newLength) {
        length = newLength;
    }

    /// Appends syntax: characters that are ASCII and need no escape.
    JsonBytes raw(String ascii) {
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    JsonBytes number(long value) {
        return raw(Long.toString(value));
    }

    /// Appends a number with leading zeros.
    JsonBytes digits(long value, int width) {
        reserve(width);
        long rest = value;
        for (int i = length + width - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
        return this;
    }

    JsonBytes hex(byte... value) {
        reserve(2 * value.length);
        for (byte b : value) {
            bytes[length++] = HEX[(b >> 4) & 15];
            bytes[length++] = HEX[b & 15];
        }
        return this;
    }

    /// Appends a string with its quotation marks.
    JsonBytes text(String text) {
        int end = Math.min(text.length(), LONGEST_TEXT);
        reserve(6 * end + 2);
        bytes[length++] = '"';
        for (int i = 0; i < end; i++) {
            character(text, i);
        }
        if (end < text.length()) {
            raw("[+" + (text.length() - end) + " characters]");
        }
        return raw("\"");
    }

    private void character(String text, int i) {
        char c = text.charAt(i);
        if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c >= ' ' && c < 127) {
            bytes[length++] = (byte) c;
        } else {
            escape(isLonely(text, i) ? '\uFFFD' : c);
        }
    }

    /// Half a surrogate pair is no character; readers differ in what they make of it.
    private static boolean isLonely(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(c >> shift) & 15];
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
