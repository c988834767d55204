package dev.clawhold.policy.inference;

import java.util.OptionalLong;

/// What one call uses at most; it is held back until the true use is known.
///
/// @param microUsd in millionths of a US dollar; empty where the model has no price
/// @param tokens in and out
public record WorstCase(OptionalLong microUsd, long tokens) {
    /// A call to something that costs nothing.
    public static WorstCase free(long tokens) {
        return new WorstCase(OptionalLong.of(0), tokens);
    }

    public static WorstCase of(long microUsd, long tokens) {
        return new WorstCase(OptionalLong.of(microUsd), tokens);
    }

    /// In the unit of an amount; what has no price counts nothing.
    long in(Budget.Amount unit) {
        return switch (unit) {
            case Budget.Amount.Money _ -> microUsd.orElse(0);
            case Budget.Amount.Tokens _ -> tokens;
            case Budget.Amount.Requests _ -> 1;
        };
    }
}
