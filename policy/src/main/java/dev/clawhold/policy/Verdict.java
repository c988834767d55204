package dev.clawhold.policy;

/// What the policy says about one request. A new kind breaks every switch that must learn it.
public sealed interface Verdict {

    /// The connection may go out; its bytes are not looked into.
    record Allow(RuleId rule) implements Verdict {}

    /// The operator decides.
    record Ask(RuleId rule) implements Verdict {}

    /// Nothing goes out.
    record Deny(Reason reason) implements Verdict {}
}
