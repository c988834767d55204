package dev.clawhold.policy.confinement;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Resource ceilings that the policy asks for; empty: the built-in ceiling.
///
/// @param memory bytes
/// @param cpu cores, may be a fraction
/// @param pids processes and threads
/// @param files open descriptors of one process
public record Limits(
        OptionalLong memory,
        OptionalDouble cpu,
        OptionalLong pids,
        OptionalLong files,
        Optional<Duration> time) {
    public static final Limits BUILT_IN =
            new Limits(
                    OptionalLong.empty(),
                    OptionalDouble.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty());
}
