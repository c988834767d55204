package dev.clawhold.policy.request;

import dev.clawhold.policy.content.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A path in canonical form.
///
/// The order of the steps is the argument: triplets are decoded once and before anything is cut or
/// resolved, so an encoded `;` or `.` is one; only then is each byte written in its one way.
///
/// @param encodedSlash whether a segment holds `%2F` or `%5C`
record CanonicalPath(String text, boolean encodedSlash) {
    private static final String PLAIN = "-._~!$&'()*+,=:@";

    /// Brings a path to its form.
    ///
    /// @param path printable ASCII without `\`
    static Optional<CanonicalPath> of(String path) {
        return isCanonical(path) ? Optional.of(new CanonicalPath(path, false)) : canonical(path);
    }

    /// Whether the steps would change nothing, as on most paths: no triplet, no `;`, no empty
    /// segment, no segment that begins with a dot, nothing that has to be encoded.
    private static boolean isCanonical(String path) {
        if (!path.startsWith("/")) {
            return false;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean begins = i > 0 && path.charAt(i - 1) == '/';
            if (c == '/' ? begins : (c == '.' && begins) || !isPlain(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int b) {
        return b < 128 && (Character.isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0);
    }

    private static Optional<CanonicalPath> canonical(String path) {
        var whole = Triplets.decode(path, false);
        if (whole.isEmpty() || Utf8.decode(whole.get()).isEmpty() || hasControl(whole.get())) {
            return Optional.empty();
        }
        var resolved = new ArrayList<String>();
        boolean slashEnds = true;
        for (var raw : path.split("/", -1)) {
            var segment = cut(raw);
            slashEnds = segment.isEmpty() || isDots(segment);
            if (segment.equals("..")) {
                if (resolved.isEmpty()) {
                    return Optional.empty();
                }
                resolved.removeLast();
            } else if (hidesDots(segment)) {
                return Optional.empty();
            } else if (!slashEnds) {
                resolved.add(segment);
            }
        }
        return Optional.of(join(resolved, slashEnds));
    }

    private static boolean hasControl(byte[] bytes) {
        for (byte b : bytes) {
            if ((b >= 0 && b < ' ') || b == 127) {
                return true;
            }
        }
        return false;
    }

    /// A segment, decoded once, up to its first `;`. Each character is one byte. INVARIANT: a `/`
    /// or `\` in it was a triplet.
    private static String cut(String raw) {
        var bytes = Triplets.decode(raw, false).orElseThrow();
        var segment = new String(bytes, StandardCharsets.ISO_8859_1);
        int semicolon = segment.indexOf(';');
        return semicolon < 0 ? segment : segment.substring(0, semicolon);
    }

    private static boolean isDots(String part) {
        return part.equals(".") || part.equals("..");
    }

    /// Whether a server that takes an encoded slash for a slash would find a dot segment.
    private static boolean hidesDots(String segment) {
        if (!hasSlash(segment)) {
            return false;
        }
        for (var part : segment.replace('\\', '/').split("/", -1)) {
            if (isDots(part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasSlash(String segment) {
        return segment.indexOf('/') >= 0 || segment.indexOf('\\') >= 0;
    }

    private static CanonicalPath join(List<String> segments, boolean slashEnds) {
        var text = new StringBuilder();
        for (var segment : segments) {
            text.append('/');
            segment.chars().forEach(b -> encode(b, text));
        }
        if (slashEnds || segments.isEmpty()) {
            text.append('/');
        }
        return new CanonicalPath(
                text.toString(), segments.stream().anyMatch(CanonicalPath::hasSlash));
    }

    private static void encode(int b, StringBuilder into) {
        if (isPlain(b)) {
            into.append((char) b);
        } else {
            into.append('%').append(Triplets.digit(b >> 4)).append(Triplets.digit(b & 15));
        }
    }
}
