package dev.clawhold.policy.limit;

import java.time.Instant;

/// What is left of the limits of rules. Whoever counts implements it.
public interface Room {
    /// Rules are never used up.
    Room ENDLESS = (_, _, _) -> Left.ROOM;

    /// What is used up of a rule, the first that applies.
    enum Left {
        ROOM,
        NO_CONNECTIONS,
        NO_REQUESTS,
        NO_BYTES
    }

    /// What is left for one more connection or request.
    ///
    /// @param rule its key
    Left of(String rule, RuleLimits limits, Instant now);
}
