package dev.clawhold.policy.request;

import java.util.ArrayList;
import java.util.List;

/// The head of one request as it came, after a strict parse and before any canonical form.
///
/// @param tls whether it came over TLS, which says what port a `Host` without one means
public record RequestHead(boolean tls, String method, String target, List<Header> headers) {

    /// One header field (RFC 9110 § 5). Names are compared without regard to case.
    public record Header(String name, String value) {}

    public RequestHead {
        headers = List.copyOf(headers);
    }

    /// The values of every field of this name, in order.
    List<String> values(String name) {
        List<String> values = new ArrayList<>(1);
        for (var header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                values.add(header.value());
            }
        }
        return values;
    }

    boolean has(String name) {
        for (var header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /// The items of every field of this name, which is a comma-separated list (RFC 9110 § 5.6.1).
    List<String> items(String name) {
        return values(name).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
