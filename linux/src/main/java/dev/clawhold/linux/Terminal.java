package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;

/// What this process's standard descriptors are, and its signals and limits.
public final class Terminal {
    private static final int TCGETS = 0x5401;
    private static final int TERMIOS_SIZE = 64;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_TYPE = 1;
    private static final int STATX_SIZE = 256;
    private static final int STATX_MODE_OFFSET = 28;
    private static final int S_IFMT = 0xF000;
    private static final int S_IFIFO = 0x1000;
    private static final int RLIMIT_NOFILE = 7;
    private static final int SIGNAL_SET_SIZE = 8;
    private static final long SIG_IGN = 1;

    private Terminal() {}

    /// Whether a descriptor is a terminal.
    public static boolean is(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            var settings = arena.allocate(TERMIOS_SIZE, 8);
            return Kernel.attempt(SystemCall.IOCTL, descriptor, TCGETS, settings.address()) >= 0;
        }
    }

    /// Whether a descriptor is a pipe.
    public static boolean isPipe(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            var facts = arena.allocate(STATX_SIZE, 8);
            var result =
                    Kernel.attempt(
                            SystemCall.STATX,
                            descriptor,
                            arena.allocateFrom("").address(),
                            AT_EMPTY_PATH,
                            STATX_TYPE,
                            facts.address());
            return result >= 0 && (facts.get(JAVA_SHORT, STATX_MODE_OFFSET) & S_IFMT) == S_IFIFO;
        }
    }

    /// How many descriptors a process may have at most: its hard limit.
    public static long descriptorLimit() {
        try (var arena = Arena.ofConfined()) {
            var limit = arena.allocate(16, 8);
            Kernel.call(SystemCall.PRLIMIT64, 0, RLIMIT_NOFILE, 0, limit.address());
            return limit.get(JAVA_LONG, 8);
        }
    }

    /// Lets this process ignore a signal, as a shell's child that waits for another does.
    public static void ignore(int signal) {
        try (var arena = Arena.ofConfined()) {
            var action = arena.allocate(32, 8); // the kernel's struct sigaction
            action.set(JAVA_LONG, 0, SIG_IGN);
            action.set(JAVA_INT, 8, 0);
            Kernel.call(SystemCall.RT_SIGACTION, signal, action.address(), 0, SIGNAL_SET_SIZE);
        }
    }
}
