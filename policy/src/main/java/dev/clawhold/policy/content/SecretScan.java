package dev.clawhold.policy.content;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Looks for secrets on their way to a place that is not their home. Looked at are the text as
/// sent, percent-decoded once and twice, and in each of these the base64 runs of 24 characters or
/// more, decoded. Takes time linear in the text.
///
/// This stops what leaks by mistake. Who wants to hide a secret can write it in another way.
public final class SecretScan {
    private SecretScan() {}

    /// Where a text stands in its request.
    public enum Place {
        /// The value of a field made to hold a credential. Many vendors' keys begin with `sk-`, so
        /// that this says nothing there.
        CREDENTIAL_HEADER,
        /// Path, query, another field, body, message.
        ELSEWHERE;

        /// The place of a field's value.
        ///
        /// @param header the field's name in lower case
        public static Place ofHeader(String header) {
            return switch (header) {
                case "authorization",
                        "proxy-authorization",
                        "x-api-key",
                        "api-key",
                        "x-goog-api-key" ->
                        CREDENTIAL_HEADER;
                default -> ELSEWHERE;
            };
        }
    }

    /// The name of the first detector that hits and whose home the host is not.
    ///
    /// @param host the destination's name in canonical form, or its address
    public static Optional<String> scan(String text, Place place, String host) {
        var search = new SecretSearch(place, host);
        var view = text;
        for (int decodings = 0; ; decodings++) {
            var found = search.in(view).or(new Base64Runs(search, view)::scan);
            var next = decodings < 2 ? percentDecoded(view) : view;
            if (found.isPresent() || next.equals(view)) {
                return found;
            }
            view = next;
        }
    }

    /// As above, of bytes in any coding that holds ASCII as itself.
    public static Optional<String> scan(byte[] bytes, Place place, String host) {
        return scan(new String(bytes, StandardCharsets.ISO_8859_1), place, host);
    }

    /// Percent-decoding that refuses nothing: what is no triplet stays as it is. Each triplet
    /// becomes one character, that of its byte in ISO-8859-1.
    private static String percentDecoded(String text) {
        int at = text.indexOf('%');
        if (at < 0) {
            return text;
        }
        var decoded = new StringBuilder(text.length()).append(text, 0, at);
        while (at < text.length()) {
            int value = triplet(text, at);
            decoded.append(value < 0 ? text.charAt(at) : (char) value);
            at += value < 0 ? 1 : 3;
        }
        return decoded.toString();
    }

    private static int triplet(String text, int at) {
        if (text.charAt(at) != '%' || at + 2 >= text.length()) {
            return -1;
        }
        int high = digit(text.charAt(at + 1));
        int low = digit(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int digit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
