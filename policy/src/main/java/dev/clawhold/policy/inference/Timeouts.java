package dev.clawhold.policy.inference;

import java.time.Duration;

/// How long a call to a model may take, each above zero.
///
/// @param connect until the connection stands
/// @param firstByte until the reply's head is there
/// @param idle between two bytes of the reply
/// @param total from the beginning to the end
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {
    public static final Timeouts DEFAULT =
            new Timeouts(
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(60));
}
