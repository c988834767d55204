package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;

/// A process that this one started and must wait for.
public final class ChildProcess {
    private final int pid;

    ChildProcess(int pid) {
        this.pid = pid;
    }

    public int pid() {
        return pid;
    }

    /// Waits until it has ended.
    ///
    /// @return its exit status, or 128 + the signal that ended it, as a shell says it
    public int await() {
        try (var arena = Arena.ofConfined()) {
            var status = arena.allocate(JAVA_INT);
            long result;
            do {
                result = Kernel.attempt(SystemCall.WAIT4, pid, status.address(), 0, 0);
            } while (Errno.EINTR.is(result));
            if (result < 0) {
                throw new SyscallException(SystemCall.WAIT4, (int) -result);
            }
            int raw = status.get(JAVA_INT, 0);
            return (raw & 0x7f) == 0 ? raw >> 8 & 0xff : 128 + (raw & 0x7f);
        }
    }

    /// Sends a signal; a process that has ended gets none.
    public void signal(int signal) {
        Kernel.attempt(SystemCall.KILL, pid, signal);
    }
}
