package dev.clawhold.sandbox;

import java.util.Optional;

/// One process for good: a number is given again, but not with the same start.
///
/// @param pid as the host counts
/// @param start clock ticks after the machine's own start (`proc_pid_stat(5)`, field 22)
record ProcessId(int pid, long start) {
    private static final int FIELDS_BEFORE_START = 19; // counted from the one after the name

    /// The process that has the number now.
    static Optional<ProcessId> of(int pid) {
        return ProcFile.find("/proc/" + pid + "/stat").flatMap(text -> parse(pid, text));
    }

    // The name, in brackets, may hold anything: the last bracket ends it.
    private static Optional<ProcessId> parse(int pid, String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length > FIELDS_BEFORE_START && !fields[0].equals("Z")
                ? Optional.of(new ProcessId(pid, Long.parseLong(fields[FIELDS_BEFORE_START])))
                : Optional.empty();
    }

    /// Whether it is still running.
    boolean lives() {
        return of(pid).filter(this::equals).isPresent();
    }

    String text() {
        return pid + " " + start;
    }

    static Optional<ProcessId> fromText(String text) {
        var words = text.split(" ", -1);
        try {
            return words.length == 2
                    ? Optional.of(
                            new ProcessId(Integer.parseInt(words[0]), Long.parseLong(words[1])))
                    : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
