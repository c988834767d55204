package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.time.Duration;

/// Descriptors of this process, as the numbers they are, and of others (`pidfd_open(2)`,
/// `pidfd_getfd(2)`).
public final class Descriptors {
    private static final int PIDFD_THREAD = 0x80;
    private static final int KCMP_FILES = 2;
    private static final int POLLIN = 1;

    private Descriptors() {}

    /// A descriptor for a process.
    ///
    /// @throws SyscallException if there is none such
    public static int ofProcess(int pid) {
        return (int) Kernel.call(SystemCall.PIDFD_OPEN, pid, 0);
    }

    /// A descriptor for a process that may have ended.
    ///
    /// @return −errno if there is none such
    public static int ofLivingProcess(int pid) {
        return (int) Kernel.attempt(SystemCall.PIDFD_OPEN, pid, 0);
    }

    /// A descriptor for one thread (Linux 6.9).
    ///
    /// @return −errno if there is none such
    public static int ofThread(int tid) {
        return (int) Kernel.attempt(SystemCall.PIDFD_OPEN, tid, PIDFD_THREAD);
    }

    /// A descriptor for a thread's process that serves to look into the thread's descriptors: only
    /// where both have the same table (`kcmp(2)`, KCMP_FILES). For kernels before 6.9.
    ///
    /// @return −errno if there is none such
    public static int ofLeader(int tid, int pid) {
        long difference = Kernel.attempt(SystemCall.KCMP, tid, pid, KCMP_FILES, 0, 0);
        return difference == 0
                ? ofLivingProcess(pid)
                : difference > 0 ? -Errno.EACCES.number() : (int) difference;
    }

    /// A copy of another process's descriptor; it is closed on `execve`.
    ///
    /// @param process a descriptor for that process
    /// @param descriptor the number in its table
    /// @return −errno where it has none, or may not be looked into
    public static int copy(int process, int descriptor) {
        return (int) Kernel.attempt(SystemCall.PIDFD_GETFD, process, descriptor, 0);
    }

    /// Sends a signal to exactly that process.
    ///
    /// @param process a descriptor for it; one that has ended gets none
    public static void signal(int process, int signal) {
        Kernel.attempt(SystemCall.PIDFD_SEND_SIGNAL, process, signal, 0, 0);
    }

    /// Waits until a process has ended.
    ///
    /// @param process a descriptor for it
    /// @return whether it has, within the time
    public static boolean awaitEnd(int process, Duration patience) {
        try (var arena = Arena.ofConfined()) {
            var poll = arena.allocate(8, 8);
            poll.set(JAVA_INT, 0, process);
            poll.set(JAVA_INT, 4, POLLIN);
            var time = arena.allocate(16, 8);
            time.set(JAVA_LONG, 0, patience.toSeconds());
            time.set(JAVA_LONG, 8, patience.toNanosPart());
            return Kernel.attempt(SystemCall.PPOLL, poll.address(), 1, time.address(), 0, 0) > 0;
        }
    }

    /// Closes a descriptor of this process, exactly once.
    public static void close(int descriptor) {
        Kernel.attempt(SystemCall.CLOSE, descriptor);
    }
}
