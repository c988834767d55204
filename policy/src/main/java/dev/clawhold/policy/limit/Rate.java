package dev.clawhold.policy.limit;

/// An amount for each period.
///
/// @param amount requests or bytes, 0 or more
public record Rate(long amount, Period period) {
    public Rate {
        if (amount < 0) {
            throw new IllegalArgumentException("a rate of " + amount);
        }
    }
}
