package dev.clawhold.policy.content;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The runs of base64 characters in a text, decoded (RFC 4648 §§ 4 and 5: both alphabets at once,
/// padding ends a run). Line ends inside a run do not count, also when escaped as in JSON, nor does
/// the backslash of an escaped slash. What stands before a run may look like a part of it
/// (`/path/QUtJQQ`), so each run is decoded from each of its first four characters. One use, one
/// thread.
final class Base64Runs {
    private static final int SHORTEST = 24;

    /// Characters decoded at once. Far more than the longest thing looked for.
    private static final int WINDOW = 1 << 16;

    /// Characters of one window that stand in the next one again, so that nothing is cut.
    private static final int OVERLAP = 512;

    private final SecretSearch search;
    private final String text;
    private final byte[] sextets;
    private int count;

    Base64Runs(SecretSearch search, String text) {
        this.search = search;
        this.text = text;
        sextets = new byte[text.length() < SHORTEST ? 0 : Math.min(WINDOW, text.length())];
    }

    /// The first detector that hits in a decoded run.
    Optional<String> scan() {
        if (text.length() < SHORTEST) {
            return Optional.empty();
        }
        int at = 0;
        while (at < text.length()) {
            int value = sextet(text.charAt(at));
            int skipped = value < 0 ? skipped(at) : 0;
            if (value >= 0) {
                sextets[count++] = (byte) value;
            }
            boolean ends = value < 0 && skipped == 0;
            at += Math.max(1, skipped);
            if (ends || count == WINDOW) {
                var found = search();
                if (found.isPresent()) {
                    return found;
                }
                keep(ends ? 0 : OVERLAP);
            }
        }
        return search();
    }

    private void keep(int last) {
        for (int i = 0; i < last; i++) {
            sextets[i] = sextets[count - last + i];
        }
        count = last;
    }

    /// How many characters stand here that do not end a run.
    private int skipped(int at) {
        char c = text.charAt(at);
        if (c == '\\') {
            boolean lineEnd = text.startsWith("n", at + 1) || text.startsWith("r", at + 1);
            return lineEnd ? 2 : text.startsWith("/", at + 1) ? 1 : 0;
        }
        return c == '\n' || c == '\r' ? 1 : 0;
    }

    private static int sextet(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return switch (c) {
            case '+', '-' -> 62;
            case '/', '_' -> 63;
            default -> -1;
        };
    }

    private Optional<String> search() {
        Optional<String> found = Optional.empty();
        for (int from = 0; count >= SHORTEST && from < 4 && found.isEmpty(); from++) {
            found = search.in(decoded(from));
        }
        return found;
    }

    private String decoded(int from) {
        var bytes = new byte[(count - from) * 3 / 4];
        int bits = 0;
        int have = 0;
        int length = 0;
        for (int i = from; i < count; i++) {
            bits = bits << 6 | sextets[i];
            have += 6;
            if (have >= 8) {
                have -= 8;
                bytes[length++] = (byte) (bits >> have);
            }
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
