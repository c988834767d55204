package dev.clawhold.policy.request;

import java.util.Locale;
import java.util.Optional;

/// The method of a request.
///
/// @param text a token in capitals
public record Method(String text) {
    private static final String NOT_ALPHANUMERIC = "!#$%&'*+-.^_`|~";

    /// Reads a method (RFC 9110 § 5.6.2), empty if it is no token. Small letters become capitals,
    /// so that no server sees another method than was judged.
    public static Optional<Method> of(String text) {
        return !text.isEmpty() && text.chars().allMatch(Method::isTokenCharacter)
                ? Optional.of(new Method(text.toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    private static boolean isTokenCharacter(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || NOT_ALPHANUMERIC.indexOf(c) >= 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
