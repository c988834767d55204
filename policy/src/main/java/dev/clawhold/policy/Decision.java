package dev.clawhold.policy;

/// A verdict together with what it was about and the policy's revision that gave it.
public record Decision(EgressRequest request, Verdict verdict, long revision) {}
