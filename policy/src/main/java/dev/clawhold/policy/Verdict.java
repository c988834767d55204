package dev.clawhold.policy;

/// What the policy says about one connection. A new kind breaks every switch that must learn it.
public sealed interface Verdict {

    /// The connection may go out; its bytes are not looked into.
    ///
    /// @param approved whether the operator's yes was needed
    record Allow(RuleId rule, boolean approved) implements Verdict {
        public Allow(RuleId rule) {
            this(rule, false);
        }
    }

    /// The connection may go out, and each request on it is judged by these rules.
    ///
    /// @param rule the first of them
    record Inspect(RuleId rule, HttpRules http) implements Verdict {}

    /// The operator decides.
    record Ask(RuleId rule) implements Verdict {}

    /// Nothing goes out.
    record Deny(Reason reason) implements Verdict {}
}
