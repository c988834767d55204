package dev.clawhold.policy.request;

import java.util.Arrays;
import java.util.Optional;

/// Percent-encoding (RFC 3986 § 2.1).
final class Triplets {
    private Triplets() {}

    /// The bytes of an ASCII text, its triplets decoded once; empty if a `%` begins none, or if a
    /// character is not ASCII.
    ///
    /// @param plusIsSpace whether it is the text of a form
    static Optional<byte[]> decode(String text, boolean plusIsSpace) {
        var bytes = new byte[text.length()];
        int length = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            int value = c == '+' && plusIsSpace ? ' ' : c;
            if (c == '%') {
                value = value(text, at + 1) << 4 | value(text, at + 2);
                at += 2;
            }
            if (value < 0 || c > 127) {
                return Optional.empty();
            }
            bytes[length++] = (byte) value;
        }
        return Optional.of(Arrays.copyOf(bytes, length));
    }

    /// The value of a hexadecimal digit, or -1.
    private static int value(String text, int at) {
        boolean ascii = at < text.length() && text.charAt(at) < 128;
        return ascii ? Character.digit(text.charAt(at), 16) : -1;
    }

    static char digit(int value) {
        return "0123456789ABCDEF".charAt(value);
    }
}
