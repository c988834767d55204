package dev.clawhold.policyfile.learn;

import java.util.List;
import java.util.regex.Pattern;

/// Segments of paths that name one thing among many alike: numbers, UUIDs (RFC 9562), hashes,
/// tokens in base64url (RFC 4648 § 5).
final class Ids {
    /// Stands where an id stood; no canonical path holds it.
    private static final String MASK = "{id}";

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{7,}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{20,}");

    private Ids() {}

    /// Whether a segment looks like an id. A word does not, and a long name only if it has digits,
    /// capitals and small letters.
    static boolean isId(String segment) {
        return NUMBER.matcher(segment).matches()
                || UUID.matcher(segment).matches()
                || (HEX.matcher(segment).matches() && has(segment, '0', '9'))
                || (TOKEN.matcher(segment).matches()
                        && has(segment, '0', '9')
                        && has(segment, 'a', 'z')
                        && has(segment, 'A', 'Z'));
    }

    private static boolean has(String text, char first, char last) {
        return text.chars().anyMatch(c -> c >= first && c <= last);
    }

    /// The path with a mark for each id: equal for paths that differ in ids alone.
    static String masked(String path) {
        var segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            segments[i] = isId(segments[i]) ? MASK : segments[i];
        }
        return String.join("/", segments);
    }

    /// The pattern of paths that are masked alike: where their ids differ stands a wildcard. A last
    /// one is `?*`, since `*` would take the path that ends with the slash too.
    static String pattern(List<String> alike) {
        var first = alike.getFirst().split("/", -1);
        var varies = new boolean[first.length];
        for (var path : alike) {
            var segments = path.split("/", -1);
            for (int i = 0; i < first.length; i++) {
                varies[i] |= !segments[i].equals(first[i]);
            }
        }
        for (int i = 0; i < first.length; i++) {
            var wildcard = i == first.length - 1 ? "?*" : "*";
            first[i] = varies[i] ? wildcard : Clause.literal(first[i]);
        }
        return String.join("/", first);
    }
}
