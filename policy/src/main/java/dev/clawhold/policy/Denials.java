package dev.clawhold.policy;

import dev.clawhold.policy.program.ProgramMatch;
import java.time.Instant;
import java.util.List;

/// Verdicts of requests that no rule allows.
final class Denials {
    static final Verdict POLICY_INVALID = of(ReasonCode.POLICY_INVALID);
    static final Verdict NO_POLICY = of(ReasonCode.NO_POLICY);
    static final Verdict ADDRESS_NEVER = of(ReasonCode.ADDRESS_NEVER);
    static final Verdict INFERENCE_NOT_CONFIGURED = of(ReasonCode.INFERENCE_NOT_CONFIGURED);
    static final Verdict FEATURE_UNAVAILABLE = of(ReasonCode.FEATURE_UNAVAILABLE);

    private Denials() {}

    static Verdict of(ReasonCode code) {
        return new Verdict.Deny(Reason.of(code));
    }

    /// The operator's yes to what no rule names.
    static Verdict approved(EgressRequest request) {
        return new Verdict.Allow(RuleId.approved(request.host(), request.port()), true);
    }

    /// The denial of a request that no candidate fits; the reason is the last test that some
    /// candidate still passed.
    ///
    /// @param naming those that name the host
    static Verdict notListed(List<Candidate> naming, EgressRequest request, Instant now) {
        var onHost = naming.stream().filter(c -> c.rank() != Candidate.Rank.DENY).toList();
        var onPort = onHost.stream().filter(c -> c.hasPort(request)).toList();
        var live = onPort.stream().filter(c -> c.isLive(now)).toList();
        if (live.isEmpty()) {
            if (onHost.isEmpty()) {
                return of(ReasonCode.HOST_NOT_LISTED);
            }
            return onPort.isEmpty()
                    ? of(ReasonCode.PORT_NOT_LISTED)
                    : named(ReasonCode.RULE_EXPIRED, onPort);
        }
        var match =
                live.stream()
                        .map(c -> c.match(request.program()))
                        .reduce(ProgramMatch.NO, ProgramMatch::or);
        return switch (match) {
            case OTHER_HASH -> named(ReasonCode.BINARY_HASH_MISMATCH, live, match, request);
            case CHANGED -> named(ReasonCode.BINARY_CHANGED, live, match, request);
            case UNKNOWN -> of(ReasonCode.BINARY_UNKNOWN);
            case YES, NO -> of(ReasonCode.BINARY_NOT_LISTED);
        };
    }

    private static Verdict named(
            ReasonCode code, List<Candidate> live, ProgramMatch match, EgressRequest request) {
        var nearest = live.stream().filter(c -> c.match(request.program()) == match).toList();
        return named(code, nearest);
    }

    private static Verdict named(ReasonCode code, List<Candidate> nearest) {
        return new Verdict.Deny(Reason.of(code, nearest.getFirst().rule().id()));
    }
}
