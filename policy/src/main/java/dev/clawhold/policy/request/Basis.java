package dev.clawhold.policy.request;

import dev.clawhold.policy.RuleId;

/// What in the policy a verdict about a request rests on.
///
/// @param endpointLine where the endpoint begins in its file, from 1; 0 without a file
/// @param clauseLine where the deciding clause begins; 0 where no clause decided
public record Basis(RuleId rule, int endpointLine, int clauseLine) {
    /// The line that an operator would look at; 0 without a file.
    public int line() {
        return clauseLine > 0 ? clauseLine : endpointLine;
    }
}
