package dev.clawhold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// User and system time as the kernel tells it (`proc_pid_stat(5)`): whole ticks, so that only sums
/// of many say something.
final class CpuTicks {
    /// How long a tick is, wherever USER_HZ is 100.
    static final int MILLISECONDS = 10;

    private static final int UTIME = 11;
    private static final int CUTIME = 13;

    private CpuTicks() {}

    /// Of one process with all its threads.
    static long of(long pid) throws IOException {
        return sum(Path.of("/proc/" + pid + "/stat"), UTIME);
    }

    /// Of all children of this process that have ended, and theirs.
    static long ofChildren() throws IOException {
        return sum(Path.of("/proc/self/stat"), CUTIME);
    }

    private static long sum(Path file, int first) throws IOException {
        var stat = Files.readString(file);
        // The second field, a name in brackets, may hold anything.
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1]);
    }
}
