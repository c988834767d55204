package dev.clawhold.policy;

/// The static part of a policy: what is fixed when the sandbox starts.
public record Confinement(FileRules files, Identity identity, Limits limits) {}
