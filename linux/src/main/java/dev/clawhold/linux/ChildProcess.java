package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;

/// A process that this one started and must wait for.
public final class ChildProcess {
    private static final int P_PID = 1;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x0100_0000;
    private static final int SIGNAL_INFO = 128;

    private final int pid;
    private int status = -1; // once it has ended

    ChildProcess(int pid) {
        this.pid = pid;
    }

    public int pid() {
        return pid;
    }

    /// Waits until it has ended; any thread may, any number of times.
    ///
    /// @return its exit status, or 128 + the signal that ended it, as a shell says it
    public int await() {
        try (var arena = Arena.ofConfined()) {
            var info = arena.allocate(SIGNAL_INFO, 8);
            long result;
            do {
                result =
                        Kernel.attempt(
                                SystemCall.WAITID, P_PID, pid, info.address(), WEXITED | WNOWAIT);
            } while (Errno.EINTR.is(result));
            return reap(arena);
        }
    }

    // Until this has happened nobody else can have the number.
    private synchronized int reap(Arena arena) {
        if (status < 0) {
            var raw = arena.allocate(JAVA_INT);
            Kernel.call(SystemCall.WAIT4, pid, raw.address(), 0, 0);
            int value = raw.get(JAVA_INT, 0);
            status = (value & 0x7f) == 0 ? value >> 8 & 0xff : 128 + (value & 0x7f);
        }
        return status;
    }

    /// Sends a signal; a process that has ended gets none, nor does another that has its number.
    public synchronized void signal(int signal) {
        if (status < 0) {
            Kernel.attempt(SystemCall.KILL, pid, signal);
        }
    }
}
