package dev.clawhold.sandbox;

import dev.clawhold.linux.Descriptors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A process by its id and the moment it began, which together name it for good.
///
/// @param start in clock ticks since the machine's start: field 22 of `/proc/PID/stat`
///   (`proc_pid_stat(5)`)
record LivingProcess(long pid, long start) {
    private static final int START_AFTER_NAME = 19;

    /// The process that has this id now.
    static Optional<LivingProcess> of(long pid) {
        try {
            var stat = SysctlFile.read(Path.of("/proc", Long.toString(pid), "stat"));
            // The name may hold anything, also spaces and `)`: what counts begins after the last.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[0].equals("Z")
                    ? Optional.empty()
                    : Optional.of(new LivingProcess(pid, Long.parseLong(fields[START_AFTER_NAME])));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// What [#toString] has written.
    static Optional<LivingProcess> parse(String text) {
        var parts = text.strip().split(" ", -1);
        try {
            return parts.length == 2
                    ? Optional.of(
                            new LivingProcess(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                    : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    boolean lives() {
        return of(pid).filter(this::equals).isPresent();
    }

    /// Kills it, and never another one that has got its id meanwhile.
    ///
    /// @return whether it still lived
    boolean kill() {
        int descriptor = Descriptors.ofLivingProcess((int) pid);
        if (descriptor < 0) {
            return false;
        }
        boolean same = lives();
        if (same) {
            Descriptors.kill(descriptor);
        }
        Descriptors.close(descriptor);
        return same;
    }

    @Override
    public String toString() {
        return pid + " " + start;
    }
}
