package dev.clawhold.policy;

import java.util.Optional;

/// Why a request was denied, as data.
///
/// @param rule the rule that decided, where one did
public record Reason(ReasonCode code, Optional<RuleId> rule) {
    public static Reason of(ReasonCode code) {
        return new Reason(code, Optional.empty());
    }

    public static Reason of(ReasonCode code, RuleId rule) {
        return new Reason(code, Optional.of(rule));
    }
}
