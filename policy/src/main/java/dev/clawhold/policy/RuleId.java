package dev.clawhold.policy;

import dev.clawhold.policy.host.Host;

/// The key of a rule in its policy file.
public record RuleId(String key) {
    /// The key of the rule that an approval stands for, and becomes when it is kept.
    static RuleId approved(Host host, int port) {
        return new RuleId("approved_" + host.text() + "_" + port);
    }

    @Override
    public String toString() {
        return key;
    }
}
