package dev.clawhold.policy.inference;

import java.time.Instant;

/// What is used of budgets. Whoever counts implements it.
public interface Spending {
    /// Nothing has been used.
    Spending NONE = (_, _) -> 0;

    /// What is spent or held back of a budget in its present period, for whom it counts at the
    /// moment; 0 or more, in the unit of its limit.
    long used(Budget budget, Instant now);
}
