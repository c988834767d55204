package dev.clawhold.policy.inference;

import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.limit.Period;
import java.util.List;
import java.util.Optional;

/// How much may be used in each period. Days and months are those of the calendar in UTC, seconds,
/// minutes and hours slide.
///
/// @param then what happens where it is used up
/// @param warn at which shares the operator is told, in percent, 1 to 100
/// @param provider only what goes to this one counts
/// @param model only calls to these models count, of the kind `VALUE`
/// @param line where it begins in its file, from 1; 0 without a file
public record Budget(
        Scope scope,
        Amount limit,
        Period period,
        Then then,
        List<Integer> warn,
        Optional<String> provider,
        Optional<Glob> model,
        int line) {

    /// Whose use counts together.
    public enum Scope {
        /// One sandbox.
        SANDBOX,
        /// All sandboxes of the same agent.
        AGENT,
        /// All sandboxes of this machine's operator.
        FLEET
    }

    /// What follows where a budget is used up.
    public enum Then {
        STOP,
        ASK
    }

    /// So much of something, 0 or more.
    public sealed interface Amount {
        /// US dollars, in millionths of one, so that sums are exact.
        record Money(long microUsd) implements Amount {}

        record Tokens(long count) implements Amount {}

        record Requests(long count) implements Amount {}

        /// The number alone.
        default long number() {
            return switch (this) {
                case Money(long microUsd) -> microUsd;
                case Tokens(long count) -> count;
                case Requests(long count) -> count;
            };
        }
    }

    public Budget {
        warn = List.copyOf(warn);
        if (limit.number() < 0) {
            throw new IllegalArgumentException("a budget of " + limit.number());
        }
    }

    public boolean isMoney() {
        return limit instanceof Amount.Money;
    }

    /// Whether calls of this model at this provider count.
    ///
    /// @param name of the model as the provider is asked for it
    public boolean countsFor(String providerName, String name) {
        return provider.map(providerName::equals).orElse(true)
                && model.map(glob -> glob.matches(name)).orElse(true);
    }

    /// Whether it comes back while the client waits: then it is told to come again, not stopped.
    boolean isRate() {
        return !isMoney() && (period == Period.SECOND || period == Period.MINUTE);
    }
}
