package dev.clawhold.app;

import dev.clawhold.gateway.SandboxCa;
import dev.clawhold.linux.Caller;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// What every run needs and what takes long in a JVM that has just begun, done on a second core
/// while the first reads the command line.
final class EarlyWork {
    private final FutureTask<SandboxCa> authority;

    private EarlyWork(FutureTask<SandboxCa> authority) {
        this.authority = authority;
    }

    static EarlyWork begin(InstantSource clock) {
        var authority = new FutureTask<>(() -> new SandboxCa(clock));
        Thread.ofPlatform().name("authority").daemon().start(authority);
        // The first system call links the way to the kernel.
        Thread.ofPlatform().name("link").daemon().start(Caller::current);
        return new EarlyWork(authority);
    }

    /// The new sandbox's certificate authority.
    SandboxCa authority() {
        try {
            return authority.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("no certificate authority could be made", e);
        }
    }
}
