package dev.clawhold.app;

import dev.clawhold.sandbox.RunningSandbox;
import java.time.Duration;

/// Ends a workload whose time is up (`process.limits.time`): it is asked to end, and killed when it
/// has not ended some seconds later.
final class TimeLimit {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    private TimeLimit() {}

    static void start(Duration limit, RunningSandbox running, Notices notices) {
        Thread.ofVirtual()
                .name("time-limit")
                .start(() -> {
                    try {
                        Thread.sleep(limit);
                        notices.tell("the time that the policy gives is up: ending the command");
                        running.signal(SIGTERM);
                        Thread.sleep(GRACE);
                        running.signal(SIGKILL);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
