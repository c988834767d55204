package dev.clawhold.policy.reach;

import dev.clawhold.policy.Policy;
import dev.clawhold.policy.glob.LanguageTooLargeException;
import java.time.Instant;
import java.util.List;

/// What changes for a workload when one policy takes the place of another.
public sealed interface ReachDiff {

    /// The differences, from a moment on. None at all if and only if both policies give every
    /// connection and every request the same verdict under the same conditions. How rules are
    /// called and ordered, and which reason a denial names, makes no difference. Hosts' and labels'
    /// greatest lengths are not looked at.
    ///
    /// @param fixed what is set when a sandbox starts, in words, each with its direction
    /// @param changes what may go out, the wider first
    record Found(List<FixedChange> fixed, List<Change> changes) implements ReachDiff {
        public Found {
            fixed = List.copyOf(fixed);
            changes = List.copyOf(changes);
        }

        public boolean isEmpty() {
            return fixed.isEmpty() && changes.isEmpty();
        }
    }

    /// The patterns overlap in too many ways to be compared.
    ///
    /// @param cause in words
    record TooLarge(String cause) implements ReachDiff {}

    /// Compares two policies.
    ///
    /// @param now what held only before it is left out
    static ReachDiff of(Policy before, Policy after, Instant now) {
        try {
            return new Found(
                    FixedChange.between(before, after),
                    new Survey(before, after, now, Scope.ALL).changes());
        } catch (LanguageTooLargeException tooLarge) {
            return new TooLarge(String.valueOf(tooLarge.getMessage()));
        }
    }
}
