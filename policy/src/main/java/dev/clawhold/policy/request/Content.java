package dev.clawhold.policy.request;

import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.ReasonCode;

/// What is looked at last, of a request that its clauses allow: what has to see it on the way, and
/// what it must not hold.
record Content(HttpRules rules, Scope scope, CanonicalRequest request, Body body) {

    RequestVerdict verdict(AllowedRequest allowed) {
        boolean blind =
                rules.middlewares().stream()
                        .anyMatch(middleware -> !middleware.known() && !middleware.passWithout());
        if (blind) {
            return RequestVerdict.Deny.of(ReasonCode.MIDDLEWARE_UNAVAILABLE, allowed.basis());
        }
        return new RequestVerdict.Allow(allowed);
    }
}
