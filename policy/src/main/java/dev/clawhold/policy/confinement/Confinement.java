package dev.clawhold.policy.confinement;

/// The static part of a policy: what is fixed when the sandbox starts.
public record Confinement(FileRules files, Identity identity, Limits limits) {
    /// What holds when no policy is given.
    public static final Confinement BUILT_IN =
            new Confinement(
                    new FileRules(true, FileRules.BASELINE, false),
                    Identity.CHOSEN,
                    Limits.BUILT_IN);
}
