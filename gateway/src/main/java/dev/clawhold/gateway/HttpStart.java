package dev.clawhold.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// Whether the first bytes of a connection could pass for an HTTP/1 request, with the most lenient
/// of servers. A connection of an opaque endpoint that is not HTTP goes out unread, so doubt means
/// HTTP, and the strict parser refuses it then.
///
/// Servers have been seen to skip control characters before the request line, to take any white
/// space between its parts and any spelling of its version. None finds a `Host` field behind a line
/// without a version (RFC 1945 § 4.1: a simple request has no fields).
enum HttpStart {
    /// Bytes to come decide.
    UNDECIDED,
    /// Not HTTP/1. The preface of HTTP/2 (RFC 9113 § 3.4) is such a start.
    OTHER,
    /// A request line, well-formed or not.
    HTTP;

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
    private static final String VERSION = "HTTP/";
    private static final String PREFACE = "PRI * HTTP/2.0\r";

    /// Looks at the bytes from 0 to the limit.
    static HttpStart of(ByteBuffer in) {
        int start = 0;
        while (start < in.limit() && isSkipped(in.get(start))) {
            start++;
        }
        int end = start;
        while (end < in.limit() && in.get(end) > ' ' && in.get(end) != 0x7F) {
            end++;
        }
        if (end == in.limit()) {
            return UNDECIDED;
        }
        return end > start && isSpace(in.get(end)) ? line(in, start, end) : OTHER;
    }

    /// @param word where the line's first word ends
    private static HttpStart line(ByteBuffer in, int start, int word) {
        int end = word;
        while (end < in.limit() && in.get(end) != '\n') {
            if (isControl(in.get(end)) && !METHODS.contains(text(in, start, word))) {
                return OTHER;
            }
            end++;
        }
        if (end == in.limit()) {
            return UNDECIDED;
        }
        var line = text(in, start, end);
        if (start == 0 && line.equals(PREFACE)) {
            return OTHER;
        }
        return hasVersion(line) ? HTTP : OTHER;
    }

    private static boolean hasVersion(String line) {
        int at = line.indexOf(VERSION, 1);
        while (at > 0 && line.charAt(at - 1) > ' ' && line.charAt(at - 1) < 0x7F) {
            at = line.indexOf(VERSION, at + 1);
        }
        return at > 0;
    }

    private static String text(ByteBuffer in, int start, int end) {
        return StandardCharsets.ISO_8859_1
                .decode(in.slice(start, end - start))
                .toString()
                .toUpperCase(Locale.ROOT);
    }

    private static boolean isSkipped(byte c) {
        return (c >= 0 && c <= ' ') || c == 0x7F || c < (byte) 0xA0;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isControl(byte c) {
        return ((c >= 0 && c < ' ') || c == 0x7F) && !isSpace(c);
    }
}
