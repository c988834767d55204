package dev.clawhold.policy.request;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A request's head in canonical form, which is what is matched and what is forwarded.
///
/// @param methods the request's own, then those that a header puts in its place
/// @param query empty where it cannot be read
record CanonicalRequest(
        RequestHead head, List<String> methods, RequestTarget target, Optional<Query> query) {

    /// The headers by which some servers replace the method.
    private static final List<String> METHOD_OVERRIDES =
            List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");

    /// The headers by which some servers replace the path.
    private static final List<String> TARGET_OVERRIDES = List.of("X-Original-URL", "X-Rewrite-URL");

    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Optional<Query> NO_QUERY = Optional.of(new Query(List.of()));

    sealed interface Read {
        record Good(CanonicalRequest request) implements Read {}

        record Bad(ReasonCode code) implements Read {}
    }

    static Read of(RequestHead head, EgressRequest connection) {
        var hosts = head.values("Host");
        if (hosts.size() != 1) {
            return new Read.Bad(ReasonCode.REQUEST_MALFORMED);
        }
        if (!isSame(hosts.getFirst(), head.tls(), connection)) {
            return new Read.Bad(ReasonCode.HOST_HEADER_MISMATCH);
        }
        if (hasAny(head, TARGET_OVERRIDES)) {
            return new Read.Bad(ReasonCode.HEADER_OVERRIDE);
        }
        var methods = methods(head);
        if (methods.isEmpty()) {
            return new Read.Bad(ReasonCode.REQUEST_MALFORMED);
        }
        return switch (RequestTarget.of(head.target(), hosts.getFirst())) {
            case RequestTarget.Read.Bad(var fault) -> new Read.Bad(code(fault));
            case RequestTarget.Read.Good(var target) ->
                    new Read.Good(new CanonicalRequest(head, methods, target, query(target)));
        };
    }

    private static boolean hasAny(RequestHead head, List<String> names) {
        for (var name : names) {
            if (head.has(name)) {
                return true;
            }
        }
        return false;
    }

    private static ReasonCode code(RequestTarget.Fault fault) {
        return switch (fault) {
            case REQUEST_MALFORMED -> ReasonCode.REQUEST_MALFORMED;
            case PATH_MALFORMED -> ReasonCode.PATH_MALFORMED;
        };
    }

    private static Optional<Query> query(RequestTarget target) {
        var text = target.query();
        if (text.isEmpty()) {
            return NO_QUERY;
        }
        return switch (Query.of(text.get())) {
            case Query.Read.Good(var query) -> Optional.of(query);
            case Query.Read.Bad _ -> Optional.empty();
        };
    }

    /// Without a port, `Host` means the scheme's own (RFC 9110 § 7.2).
    private static boolean isSame(String authority, boolean tls, EgressRequest connection) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort =
                colon > authority.lastIndexOf(']')
                        && colon == authority.indexOf(':', Math.max(authority.lastIndexOf(']'), 0));
        var name = hasPort ? authority.substring(0, colon) : authority;
        boolean samePort =
                hasPort
                        ? authority.substring(colon + 1).equals(String.valueOf(connection.port()))
                        : connection.port() == (tls ? HTTPS : HTTP);
        return samePort
                && (isCanonical(name, connection.host())
                        || Host.of(name).equals(Optional.of(connection.host())));
    }

    private static boolean isCanonical(String name, Host host) {
        return host instanceof Host.Name(var text) && text.equals(name);
    }

    /// Empty if one of them is malformed.
    private static List<String> methods(RequestHead head) {
        var own = Method.of(head.method());
        if (own.isEmpty() || !hasAny(head, METHOD_OVERRIDES)) {
            return own.map(Method::text).map(List::of).orElse(List.of());
        }
        var methods = new ArrayList<>(List.of(own.get().text()));
        for (var name : METHOD_OVERRIDES) {
            for (var value : head.values(name)) {
                var other = Method.of(value);
                if (other.isEmpty()) {
                    return List.of();
                }
                if (!methods.contains(other.get().text())) {
                    methods.add(other.get().text());
                }
            }
        }
        return methods;
    }

    String method() {
        return methods.getFirst();
    }

    String path() {
        return target.path();
    }

    boolean isUpgrade() {
        return head.has("Upgrade");
    }

    /// Whether it stands for a message on a WebSocket.
    boolean isMessage() {
        return method().equals(HttpClause.WEBSOCKET_TEXT);
    }

    /// The request as HTTP clauses see it, once for each method.
    List<Subject.Http> subjects() {
        var subjects = new ArrayList<Subject.Http>(methods.size());
        for (var method : methods) {
            subjects.add(new Subject.Http(method, path(), query));
        }
        return subjects;
    }
}
