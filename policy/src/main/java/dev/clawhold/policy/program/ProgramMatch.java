package dev.clawhold.policy.program;

/// How well a program fits a list of programs, the best first.
public enum ProgramMatch {
    YES,
    /// The path fits, the content is none of those that are pinned.
    OTHER_HASH,
    /// The path fits, the content is no longer the one that was met first.
    CHANGED,
    /// Nobody knows which program it is.
    UNKNOWN,
    NO;

    /// The better of both.
    public ProgramMatch or(ProgramMatch other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
