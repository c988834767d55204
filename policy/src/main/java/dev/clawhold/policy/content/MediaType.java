package dev.clawhold.policy.content;

import java.util.Locale;
import java.util.Optional;

/// The media type of a body whose text is UTF-8.
///
/// @param text `type/subtype` in lower case, without parameters
public record MediaType(String text) {
    private static final String NOT_ALPHANUMERIC = "!#$%&'*+-.^_`|~";

    /// Reads the value of a `content-type` field (RFC 9110 § 8.3.1). Empty if it is malformed, or
    /// if it has a `charset` other than UTF-8, or two.
    public static Optional<MediaType> of(String value) {
        int semicolon = value.indexOf(';');
        var essence = trim(semicolon < 0 ? value : value.substring(0, semicolon));
        int slash = essence.indexOf('/');
        boolean good =
                slash > 0
                        && isToken(essence.substring(0, slash))
                        && isToken(essence.substring(slash + 1))
                        && (semicolon < 0 || new Parameters(value, semicolon).areGood());
        return good
                ? Optional.of(new MediaType(essence.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(MediaType::isTokenCharacter);
    }

    private static boolean isTokenCharacter(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || NOT_ALPHANUMERIC.indexOf(c) >= 0);
    }

    /// `*( OWS ";" OWS [ token "=" ( token / quoted-string ) ] )`. One use.
    private static final class Parameters {
        private final String text;
        private int at;
        private boolean charsetSeen;

        Parameters(String text, int at) {
            this.text = text;
            this.at = at;
        }

        boolean areGood() {
            while (at < text.length()) {
                if (text.charAt(at) != ';') {
                    return false;
                }
                at++;
                skipSpace();
                boolean empty = at == text.length() || text.charAt(at) == ';';
                if (!empty && !parameter()) {
                    return false;
                }
                skipSpace();
            }
            return true;
        }

        private void skipSpace() {
            while (at < text.length() && isSpace(text.charAt(at))) {
                at++;
            }
        }

        private String token() {
            int start = at;
            while (at < text.length() && isTokenCharacter(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private boolean parameter() {
            var name = token();
            if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
                return false;
            }
            at++;
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            var value = quoted ? quoted() : Optional.of(token()).filter(MediaType::isToken);
            if (value.isEmpty() || !name.equalsIgnoreCase("charset")) {
                return value.isPresent();
            }
            boolean first = !charsetSeen;
            charsetSeen = true;
            return first && value.get().equalsIgnoreCase("utf-8");
        }

        private Optional<String> quoted() {
            var value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return Optional.of(value.toString());
                }
                if (c == '\\') {
                    at++;
                    c = at < text.length() ? text.charAt(at) : '\0';
                }
                if ((c < ' ' && c != '\t') || c == 127) {
                    return Optional.empty();
                }
                value.append(c);
            }
            return Optional.empty();
        }
    }
}
