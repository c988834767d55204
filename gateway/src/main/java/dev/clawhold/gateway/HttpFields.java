package dev.clawhold.gateway;

import java.util.Locale;
import java.util.Optional;

/// Collects the lines of one HTTP/1 head and judges each. For one head and one thread.
final class HttpFields {
    /// Fields of a head, at most.
    static final int MAX_FIELDS = 100;

    /// Bytes of a request target, at most.
    static final int MAX_TARGET = 16 * 1024;

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String HOST_MARKS = "-._:[]";

    private String method = "";
    private String target = "";
    private boolean http11;
    private String host = "";
    private boolean length;
    private boolean chunked;
    private int fields;
    private String problem = "";

    /// What is wrong with the lines so far.
    Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    /// Takes the next line, without its end, one character for a byte. The first is the request
    /// line.
    void line(String line) {
        if (method.isEmpty()) {
            request(line);
        } else {
            require(++fields <= MAX_FIELDS, "more than " + MAX_FIELDS + " fields");
            int colon = line.indexOf(':');
            var value = colon < 0 ? "" : trim(line.substring(colon + 1));
            require(colon > 0 && isToken(line.substring(0, colon)), "a field's name");
            require(isValue(value), "a field's value");
            if (problem.isEmpty()) {
                field(line.substring(0, colon).toLowerCase(Locale.ROOT), value);
            }
        }
    }

    /// The head, when the empty line has come.
    HttpHead.Peek head() {
        require(!host.isEmpty(), "no host field");
        require(!(length && chunked), "both content-length and transfer-encoding");
        require(isTargetOf(host), "a target that does not fit its method or host");
        return problem.isEmpty()
                ? new HttpHead.Head(method, target, host)
                : new HttpHead.Malformed(problem);
    }

    /// The first requirement that does not hold stays the problem.
    private void require(boolean holds, String otherwise) {
        if (!holds && problem.isEmpty()) {
            problem = otherwise;
        }
    }

    private void request(String line) {
        int first = Math.max(line.indexOf(' '), 0);
        int last = line.lastIndexOf(' ');
        method = line.substring(0, first);
        target = first < last ? line.substring(first + 1, last) : "";
        var version = line.substring(last + 1);
        http11 = version.equals("HTTP/1.1");
        require(http11 || version.equals("HTTP/1.0"), "the version");
        require(isToken(method), "the method");
        require(target.length() <= MAX_TARGET, "a target of more than " + MAX_TARGET + " bytes");
        require(isVisible(target), "the target");
    }

    private void field(String name, String value) {
        switch (name) {
            case "host" -> {
                require(host.isEmpty(), "a second host field");
                require(isHost(value), "the host field");
                host = value;
            }
            case "content-length" -> {
                require(!length, "a second content-length");
                require(isLength(value), "the content-length");
                length = true;
            }
            case "transfer-encoding" -> {
                require(!chunked && http11, "a second transfer-encoding, or one in HTTP/1.0");
                require(value.equalsIgnoreCase("chunked"), "the transfer-encoding");
                chunked = true;
            }
            default -> {}
        }
    }

    /// Whether the target has the form that its method needs, and no authority but this one.
    private boolean isTargetOf(String authority) {
        if (method.equals("CONNECT")) {
            return target.equalsIgnoreCase(authority);
        }
        if (target.startsWith("/") || target.equals("*")) {
            return target.startsWith("/") || method.equals("OPTIONS");
        }
        int scheme = target.indexOf("://");
        var port = port(target.substring(0, Math.max(scheme, 0)));
        if (port.isEmpty()) {
            return false;
        }
        int end = scheme + 3;
        while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        return withoutPort(target.substring(scheme + 3, end), port)
                .equalsIgnoreCase(withoutPort(authority, port));
    }

    private static String port(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> ":80";
            case "https" -> ":443";
            default -> "";
        };
    }

    private static String withoutPort(String authority, String port) {
        return authority.endsWith(port)
                ? authority.substring(0, authority.length() - port.length())
                : authority;
    }

    /// Drops spaces and tabs, and nothing else, at both ends.
    private static String trim(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isBlank(value.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isWord(c) || isOneOf(TOKEN_MARKS, c));
    }

    private static boolean isHost(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isWord(c) || isOneOf(HOST_MARKS, c));
    }

    private static boolean isVisible(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static boolean isValue(String text) {
        return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7F));
    }

    private static boolean isLength(String text) {
        return !text.isEmpty()
                && text.length() <= 18
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isWord(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isOneOf(String marks, int c) {
        return marks.indexOf(c) >= 0;
    }
}
