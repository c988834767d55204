package dev.clawhold.app;

import dev.clawhold.linux.Terminal;
import dev.clawhold.sandbox.RunningSandbox;
import java.util.concurrent.CompletableFuture;

/// What happens to signals while a workload runs. The terminal's interrupts reach the workload by
/// themselves and mean it, so this process ignores them; a request to end is passed on, and this
/// process ends when the workload has.
final class SignalForwarding implements AutoCloseable {
    private static final int SIGINT = 2;
    private static final int SIGQUIT = 3;
    private static final int SIGTERM = 15;

    private final CompletableFuture<RunningSandbox> running;
    private final Thread hook;

    private SignalForwarding(CompletableFuture<RunningSandbox> running, Thread hook) {
        this.running = running;
        this.hook = hook;
    }

    /// Begins before there is a workload: a signal that comes while it starts must not end this
    /// process alone. A workload begins with every signal at its default.
    static SignalForwarding begin() {
        Terminal.ignore(SIGINT);
        Terminal.ignore(SIGQUIT);
        var running = new CompletableFuture<RunningSandbox>();
        var hook =
                new Thread(
                        () -> {
                            running.join().signal(SIGTERM);
                            // The main thread ends the process as soon as the workload has ended.
                            sleepUntilEnded();
                        },
                        "end");
        Runtime.getRuntime().addShutdownHook(hook);
        return new SignalForwarding(running, hook);
    }

    /// The workload that gets the signals.
    void to(RunningSandbox workload) {
        running.complete(workload);
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
