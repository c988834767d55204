package dev.clawhold.policy.request;

/// What is known of a request's body.
public sealed interface Body {
    /// There is none.
    record Absent() implements Body {}

    /// There is one, which nobody has read yet.
    record Unread() implements Body {}

    /// All of it.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    record Whole(byte[] bytes) implements Body {}

    /// There is more than may be read for a decision.
    record TooLarge() implements Body {}
}
