package dev.clawhold.gateway;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.program.Program;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The answer to a request that does not go out, in HTTP/1.1 and JSON, for the agent to read and
/// act on.
///
/// @param status 403; 400 where the request itself is malformed; 502 where the upstream is at fault
/// @param asked what was asked: its host, port and program are shown
/// @param method empty when no HTTP request was read
/// @param path without its query; empty when no HTTP request was read
/// @param reason a stable code, such as `host_not_listed`
/// @param hint one sentence: what to do about it
record Denial(
        int status, EgressRequest asked, String method, String path, String reason, String hint) {
    /// The reason where the policy allows and the upstream cannot be reached.
    static final String UPSTREAM_UNREACHABLE = "upstream_unreachable";

    Denial {
        int query = path.indexOf('?');
        path = query < 0 ? path : path.substring(0, query);
    }

    /// The policy says no.
    static Denial of(EgressRequest asked, ReasonCode code, String hint) {
        int status =
                switch (code) {
                    case HOST_MALFORMED, REQUEST_MALFORMED -> 400;
                    case DNS_FAILED -> 502;
                    default -> 403;
                };
        return new Denial(status, asked, "", "", code.code(), hint);
    }

    /// The policy says yes, but none of the addresses takes the connection.
    static Denial unreachable(EgressRequest asked, String hint) {
        return new Denial(502, asked, "", "", UPSTREAM_UNREACHABLE, hint);
    }

    /// The same denial, of this HTTP request.
    Denial about(String method, String path) {
        return new Denial(status, asked, method, path, reason, hint);
    }

    /// One line of JSON in ASCII. A field that is not known is left out.
    String body() {
        var json = new StringBuilder("{\"error\":\"policy_denied\"");
        field(json, "host", asked.host().text());
        json.append(",\"port\":").append(asked.port());
        field(json, "method", method);
        field(json, "path", path);
        switch (asked.program()) {
            case Program.Known known -> field(json, "binary", known.executable().path());
            case Program.Unknown _ -> {}
        }
        field(json, "reason", reason);
        field(json, "hint", hint);
        return json.append("}\n").toString();
    }

    /// The whole HTTP/1.1 response (RFC 9112 § 4), after which the connection ends. To a HEAD it
    /// has no body (RFC 9110 § 9.3.2).
    byte[] response() {
        var body = body();
        var head =
                "HTTP/1.1 "
                        + status
                        + " "
                        + phrase()
                        + "\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.length()
                        + "\r\ncache-control: no-store\r\nconnection: close\r\n\r\n";
        return (method.equals("HEAD") ? head : head + body).getBytes(StandardCharsets.US_ASCII);
    }

    private String phrase() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 502 -> "Bad Gateway";
            default -> "Forbidden";
        };
    }

    private static void field(StringBuilder json, String name, String value) {
        if (!value.isEmpty()) {
            json.append(",\"").append(name).append("\":\"");
            value.chars().forEach(c -> append(json, (char) c));
            json.append('"');
        }
    }

    /// Escapes all but visible ASCII, so that no name or path can act on the terminal that shows
    /// it.
    private static void append(StringBuilder json, char c) {
        if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else if (c >= ' ' && c < 0x7F) {
            json.append(c);
        } else {
            json.append("\\u").append(HexFormat.of().toHexDigits(c));
        }
    }
}
