package dev.clawhold.policy;

import dev.clawhold.policy.limit.RuleLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What else holds for a rule, beside where to and which programs.
///
/// @param until from then on the rule does not exist
/// @param askTimeout how long a question of this rule waits, 1 s to 1 h
public record Conditions(
        Optional<Instant> until, RuleLimits limits, Duration askTimeout, Secrets secrets) {
    public static final Duration DEFAULT_ASK_TIMEOUT = Duration.ofMinutes(2);

    public static final Conditions NONE =
            new Conditions(Optional.empty(), RuleLimits.NONE, DEFAULT_ASK_TIMEOUT, Secrets.DENY);

    /// What becomes of a request that holds a secret away from its home.
    public enum Secrets {
        DENY,
        ASK,
        OFF
    }
}
