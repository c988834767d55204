package dev.clawhold.policy.request;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        if (TARGET_OVERRIDES.stream().anyMatch(head::has)) {
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

    private static ReasonCode code(RequestTarget.Fault fault) {
        return switch (fault) {
            case REQUEST_MALFORMED -> ReasonCode.REQUEST_MALFORMED;
            case PATH_MALFORMED -> ReasonCode.PATH_MALFORMED;
        };
    }

    private static Optional<Query> query(RequestTarget target) {
        return switch (Query.of(target.query().orElse(""))) {
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
        var port = hasPort ? authority.substring(colon + 1) : tls ? "443" : "80";
        return port.equals(String.valueOf(connection.port()))
                && Host.of(name).equals(Optional.of(connection.host()));
    }

    /// Empty if one of them is malformed.
    private static List<String> methods(RequestHead head) {
        var texts =
                Stream.concat(
                                Stream.of(head.method()),
                                METHOD_OVERRIDES.stream()
                                        .flatMap(name -> head.values(name).stream()))
                        .toList();
        var methods = new ArrayList<String>();
        for (var text : texts) {
            Method.of(text)
                    .map(Method::text)
                    .filter(m -> !methods.contains(m))
                    .ifPresent(methods::add);
            if (Method.of(text).isEmpty()) {
                return List.of();
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
        return methods.stream().map(m -> new Subject.Http(m, path(), query)).toList();
    }
}
