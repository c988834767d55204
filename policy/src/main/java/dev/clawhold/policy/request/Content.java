package dev.clawhold.policy.request;

import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.Conditions.Secrets;
import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.content.SecretScan;
import dev.clawhold.policy.content.SecretScan.Place;
import java.util.Locale;
import java.util.Optional;

/// What is looked at last, of a request that its clauses allow: what has to see it on the way, and
/// the secrets that it must not hold.
record Content(HttpRules rules, Circumstances circumstances, CanonicalRequest request, Body body) {

    RequestVerdict verdict(AllowedRequest allowed) {
        boolean blind =
                rules.middlewares().stream()
                        .anyMatch(middleware -> !middleware.known() && !middleware.passWithout());
        if (blind) {
            return RequestVerdict.Deny.of(ReasonCode.MIDDLEWARE_UNAVAILABLE, allowed.basis());
        }
        var mode = allowed.duties().secrets();
        if (mode == Secrets.OFF || (mode == Secrets.ASK && isApproved())) {
            return new RequestVerdict.Allow(allowed);
        }
        return secret().map(detector -> found(detector, mode, allowed.basis()))
                .orElseGet(() -> new RequestVerdict.Allow(allowed));
    }

    private boolean isApproved() {
        return circumstances
                .approvals()
                .covers(rules.connection(), request.method(), request.path());
    }

    private static RequestVerdict found(String detector, Secrets mode, Basis basis) {
        var named = Optional.of(detector);
        return mode == Secrets.ASK
                ? new RequestVerdict.Ask(ReasonCode.SECRET_FOUND, basis, named)
                : new RequestVerdict.Deny(ReasonCode.SECRET_FOUND, Optional.of(basis), named);
    }

    /// The detector of the first secret; empty if there is none in what has been read.
    private Optional<String> secret() {
        var host = rules.connection().host().text();
        var sent = request.head().target();
        return SecretScan.scan(sent, Place.ELSEWHERE, host)
                .or(() -> inCanonicalTarget(sent, host))
                .or(() -> inHeaders(host))
                .or(() ->
                        body instanceof Body.Whole(var bytes)
                                ? SecretScan.scan(bytes, Place.ELSEWHERE, host)
                                : Optional.empty());
    }

    private Optional<String> inCanonicalTarget(String sent, String host) {
        var canonical = request.target().text();
        return canonical.equals(sent)
                ? Optional.empty()
                : SecretScan.scan(canonical, Place.ELSEWHERE, host);
    }

    private Optional<String> inHeaders(String host) {
        for (var header : request.head().headers()) {
            var place = Place.ofHeader(header.name().toLowerCase(Locale.ROOT));
            var found = SecretScan.scan(header.value(), place, host);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
