package dev.clawhold.policy.inference;

/// Whether budgets leave room for a call.
public sealed interface Funding {

    /// Every budget that counts it has room for the worst case.
    record Funded() implements Funding {}

    /// A budget has no room in its present period.
    ///
    /// @param used of it
    /// @param needed for this call, in the same unit
    record BudgetExceeded(Budget budget, long used, long needed) implements Funding {}

    /// A budget has no room at the moment, but will have if the client waits.
    ///
    /// @param used as above
    record RateLimited(Budget budget, long used, long needed) implements Funding {}

    /// What the call costs is not known, and must be.
    record PriceUnknown() implements Funding {}
}
