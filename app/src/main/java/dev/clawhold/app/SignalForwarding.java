package dev.clawhold.app;

import dev.clawhold.linux.Terminal;
import dev.clawhold.sandbox.RunningSandbox;

/// What happens to signals while a workload runs. The terminal's interrupts reach the workload by
/// themselves and mean it, so this process ignores them; a request to end is passed on, and this
/// process ends when the workload has.
final class SignalForwarding implements AutoCloseable {
    private static final int SIGINT = 2;
    private static final int SIGQUIT = 3;
    private static final int SIGTERM = 15;

    private final Thread hook;

    private SignalForwarding(Thread hook) {
        this.hook = hook;
    }

    static SignalForwarding to(RunningSandbox running) {
        Terminal.ignore(SIGINT);
        Terminal.ignore(SIGQUIT);
        var hook =
                new Thread(
                        () -> {
                            running.signal(SIGTERM);
                            // The main thread ends the process as soon as the workload has ended.
                            sleepUntilEnded();
                        },
                        "end");
        Runtime.getRuntime().addShutdownHook(hook);
        return new SignalForwarding(hook);
    }

    private static void sleepUntilEnded() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return; // the end has begun: `halt` finishes it
        }
    }
}
