package dev.clawhold.gateway;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.IpAddress;
import java.time.Instant;
import java.util.List;

/// The policy's verdicts as far as this gateway can enforce them. It cannot ask, inspect or count
/// yet: a verdict that needs one of these is a denial.
final class Enforceable {
    private Enforceable() {}

    /// `Policy.decide`, enforceable.
    static Verdict decide(Policy policy, EgressRequest request, Instant now) {
        return enforceable(policy, policy.decide(request, now));
    }

    /// `Policy.admit`, enforceable.
    static Verdict admit(
            Policy policy, EgressRequest request, List<IpAddress> answers, Instant now) {
        return enforceable(policy, policy.admit(request, answers, now));
    }

    private static Verdict enforceable(Policy policy, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow(var rule, _) ->
                    policy.rule(rule).filter(Rule::isLimited).isPresent()
                            ? unavailable(rule)
                            : verdict;
            case Verdict.Inspect(var rule, _) -> unavailable(rule);
            case Verdict.Ask(var rule) -> unavailable(rule);
            case Verdict.Deny _ -> verdict;
        };
    }

    private static Verdict unavailable(RuleId rule) {
        return new Verdict.Deny(Reason.of(ReasonCode.FEATURE_UNAVAILABLE, rule));
    }
}
