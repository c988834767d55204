package dev.clawhold.policy.request;

import java.util.Optional;

/// The target of an HTTP request in its one canonical form, which is both what clauses are matched
/// against and what is forwarded: no server behind can read another path out of it.
public final class RequestTarget {
    /// What is wrong with a target.
    public enum Fault {
        /// Neither a path nor an absolute form whose authority is the Host field's.
        REQUEST_MALFORMED,
        /// A path with more than one reading, or too long.
        PATH_MALFORMED
    }

    /// What became of a target's text.
    public sealed interface Read {
        /// A target that can be judged.
        record Good(RequestTarget target) implements Read {}

        /// One that must be refused.
        record Bad(Fault fault) implements Read {}
    }

    private static final int LONGEST_TARGET = 16_384;
    private static final int LONGEST_PATH = 4_096;

    private final CanonicalPath path;
    private final int question;
    private final String text;

    private RequestTarget(CanonicalPath path, String query) {
        this.path = path;
        question = query.isEmpty() ? -1 : path.text().length();
        text = path.text() + query;
    }

    /// Reads a target. Paths of more than 4,096 characters and targets of more than 16,384 are
    /// malformed, as they are and as they would be forwarded.
    ///
    /// @param target as it stands in the request line
    /// @param authority the Host field's value, which that of an absolute form must equal but for
    ///   letter case
    public static Read of(String target, String authority) {
        int start = pathStart(target, authority);
        if (start < 0) {
            return new Read.Bad(Fault.REQUEST_MALFORMED);
        }
        var origin = target.substring(start);
        int question = origin.indexOf('?');
        int end = question < 0 ? origin.length() : question;
        boolean plain = target.chars().allMatch(RequestTarget::isPlain);
        if (!plain || end > LONGEST_PATH || target.length() > LONGEST_TARGET) {
            return new Read.Bad(Fault.PATH_MALFORMED);
        }
        return CanonicalPath.of(origin.substring(0, end))
                .map(path -> new RequestTarget(path, origin.substring(end)))
                .filter(RequestTarget::fits)
                .<Read>map(Read.Good::new)
                .orElse(new Read.Bad(Fault.PATH_MALFORMED));
    }

    /// Where path and query begin, or -1.
    private static int pathStart(String target, String authority) {
        if (target.startsWith("/")) {
            return 0;
        }
        int scheme = Math.max(scheme(target, "http://"), scheme(target, "https://"));
        int end = scheme + authority.length();
        boolean same =
                scheme > 0
                        && !authority.isEmpty()
                        && target.regionMatches(true, scheme, authority, 0, authority.length())
                        && (end == target.length() || "/?".indexOf(target.charAt(end)) >= 0);
        return same ? end : -1;
    }

    private static int scheme(String target, String scheme) {
        return target.regionMatches(true, 0, scheme, 0, scheme.length()) ? scheme.length() : -1;
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 127 && c != '#' && c != '\\';
    }

    /// Re-encoding can lengthen a path; the canonical form must be canonical in its turn.
    private boolean fits() {
        return path.text().length() <= LONGEST_PATH && text.length() <= LONGEST_TARGET;
    }

    /// The canonical path, from `/` on.
    public String path() {
        return path.text();
    }

    /// Whether a segment of the canonical path holds `%2F` or `%5C`.
    public boolean encodedSlash() {
        return path.encodedSlash();
    }

    /// What follows the first `?`, byte for byte; empty if there is no `?` at all.
    public Optional<String> query() {
        return question < 0 ? Optional.empty() : Optional.of(text.substring(question + 1));
    }

    /// What is forwarded: path and query.
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestTarget that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
