package dev.clawhold.policy;

import dev.clawhold.policy.limit.Room;
import java.time.Instant;

/// What a decision depends on beside policy and request.
public record Circumstances(Instant now, Approvals approvals, Room room) {
    /// Nothing is approved, nothing is used up.
    public static Circumstances at(Instant now) {
        return new Circumstances(now, Approvals.NONE, Room.ENDLESS);
    }
}
