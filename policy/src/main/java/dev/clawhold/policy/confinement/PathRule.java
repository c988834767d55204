package dev.clawhold.policy.confinement;

/// One path of the static part. The longest path that contains a file decides about it.
///
/// @param path absolute, normalised, without `..`
/// @param listed whether the policy names the path itself; an absent path of the built-in baseline
///   needs no warning
public record PathRule(String path, Access access, boolean listed) {}
