package dev.clawhold.policy;

/// The key of a rule in its policy file.
public record RuleId(String key) {
    @Override
    public String toString() {
        return key;
    }
}
