package dev.clawhold.policy.limit;

import java.util.Optional;
import java.util.OptionalInt;

/// Up to what amount a rule allows.
///
/// @param requests requests, or connections where they are opaque
/// @param bytes both ways together
/// @param upload bytes that leave the machine
/// @param download bytes that come in
/// @param connections open at a time
public record RuleLimits(
        Optional<Rate> requests,
        Optional<Rate> bytes,
        Optional<Rate> upload,
        Optional<Rate> download,
        OptionalInt connections) {
    public static final RuleLimits NONE =
            new RuleLimits(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty());

    public boolean isNone() {
        return equals(NONE);
    }
}
