package dev.clawhold.policy.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing past U+10FFFF.
public final class Utf8 {
    private Utf8() {}

    /// The text that the bytes encode, or empty if they encode none. A byte order mark is a
    /// character like any other.
    public static Optional<String> decode(byte[] bytes) {
        return firstBad(bytes) < 0
                ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /// The offset at which the bytes stop to be UTF-8, or -1 if they all are.
    static int firstBad(byte[] bytes) {
        // A wrong byte is decoded as U+FFFD, which is encoded differently: never as wrong bytes.
        var again = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return Arrays.mismatch(bytes, again);
    }

    /// The offset of the first surrogate without its partner, which UTF-8 cannot encode, or -1.
    static int firstLoneSurrogate(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isSurrogate(c)) {
                boolean paired =
                        Character.isHighSurrogate(c)
                                && at + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(at + 1));
                if (!paired) {
                    return at;
                }
                at++;
            }
        }
        return -1;
    }
}
