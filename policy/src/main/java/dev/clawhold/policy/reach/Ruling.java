package dev.clawhold.policy.reach;

import dev.clawhold.policy.RuleId;
import java.util.List;
import java.util.Optional;

/// What one policy says about something that another may say otherwise about.
///
/// @param rule the one that decides, where one does
/// @param line of the deciding clause, endpoint or rule in its file, from 1; 0 without a file
/// @param conditions that hold for what may go out, in words, in a fixed order
public record Ruling(Verdict verdict, Optional<RuleId> rule, int line, List<String> conditions) {

    /// What becomes of it.
    public enum Verdict {
        /// A rule denies it, and no approval opens it.
        DENIED,
        /// No rule allows it.
        NOT_LISTED,
        /// The operator is asked.
        ASK,
        /// It may go out; its bytes are not looked into.
        OPAQUE,
        /// The connection is made, and each request on it is judged.
        INSPECT,
        /// The request may go out.
        ALLOW
    }

    static final Ruling NOT_LISTED = new Ruling(Verdict.NOT_LISTED, Optional.empty(), 0, List.of());

    public Ruling {
        conditions = List.copyOf(conditions);
    }

    /// Whether it can go out at all.
    public boolean permits() {
        return switch (verdict) {
            case DENIED, NOT_LISTED -> false;
            case ASK, OPAQUE, INSPECT, ALLOW -> true;
        };
    }

    boolean saysTheSameAs(Ruling other) {
        return verdict == other.verdict && conditions.equals(other.conditions);
    }

    /// How much it lets through, the least first.
    int width() {
        return switch (verdict) {
            case DENIED -> 0;
            case NOT_LISTED -> 1;
            case INSPECT -> 2;
            case ASK, ALLOW -> 3;
            case OPAQUE -> 4;
        };
    }
}
