package dev.clawhold.gateway;

import dev.clawhold.policy.host.Host;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads the head of the first HTTP/1 request of a connection (RFC 9112 § 2 to § 6) without taking
/// it. What two servers could read differently is malformed: line ends other than CRLF, folded
/// lines, a second `Host`, doubtful framing. Bodies are not looked at.
final class HttpHead {
    /// Bytes of a head, at most.
    static final int LIMIT = 64 * 1024;

    private HttpHead() {}

    /// What the bytes so far are.
    sealed interface Peek {}

    /// The beginning of a request, or nothing at all.
    record NeedMore() implements Peek {}

    /// Nothing that a server would take for an HTTP/1 request; bytes to come cannot change that.
    record NotHttp() implements Peek {}

    /// HTTP, but not as the standard says; bytes to come cannot mend it.
    record Malformed(String cause) implements Peek {}

    /// A whole head.
    ///
    /// @param method a token, as sent
    /// @param target of one of the four forms of RFC 9112 § 3.2, as sent
    /// @param host the value of the one `Host` field, as sent; where the target has an authority,
    ///   they are the same
    record Head(String method, String target, String host) implements Peek {

        /// The target's path without its query; `*` for `OPTIONS *`, empty for a CONNECT.
        String path() {
            if (target.equals("*") || method.equals("CONNECT")) {
                return target.equals("*") ? target : "";
            }
            int authority = target.startsWith("/") ? 0 : target.indexOf("://") + 3;
            int query = target.indexOf('?', authority);
            int end = query < 0 ? target.length() : query;
            int start = target.indexOf('/', authority);
            return start < 0 || start >= end ? "/" : target.substring(start, end);
        }

        /// Whether the `Host` field means this host and port.
        ///
        /// @param implied the port that a field without one means: 80, or 443 within TLS
        boolean names(Host expected, int port, int implied) {
            int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
            var digits = colon < 0 ? Integer.toString(implied) : host.substring(colon + 1);
            return digits.equals(Integer.toString(port))
                    && Host.of(colon < 0 ? host : host.substring(0, colon))
                            .equals(Optional.of(expected));
        }
    }

    /// Looks at the bytes between position and limit, and changes neither. Never throws; looks at
    /// no more than [#LIMIT] bytes.
    static Peek peek(ByteBuffer bytes) {
        var in = bytes.slice(bytes.position(), Math.min(bytes.remaining(), LIMIT));
        return switch (HttpStart.of(in)) {
            case OTHER -> new NotHttp();
            case UNDECIDED -> more(in);
            case HTTP -> lines(in);
        };
    }

    private static Peek more(ByteBuffer in) {
        return in.limit() < LIMIT
                ? new NeedMore()
                : new Malformed("the head exceeds " + LIMIT + " bytes");
    }

    private static Peek lines(ByteBuffer in) {
        var fields = new HttpFields();
        int start = 0;
        for (int i = 0; i < in.limit(); i++) {
            byte c = in.get(i);
            if (c == '\n' || (c == '\r' && i + 1 < in.limit() && in.get(i + 1) != '\n')) {
                return new Malformed("a line that does not end in CRLF");
            }
            if (c == '\r' && i + 1 < in.limit()) {
                if (i == start && i > 0) {
                    return fields.head();
                }
                fields.line(
                        StandardCharsets.ISO_8859_1.decode(in.slice(start, i - start)).toString());
                if (fields.problem().isPresent()) {
                    return new Malformed(fields.problem().get());
                }
                i++;
                start = i + 1;
            }
        }
        return more(in);
    }
}
