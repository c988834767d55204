package dev.clawhold.gateway;

import dev.clawhold.linux.TaskReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A thread's process and its parent: from the kernel's values, or, before Linux 6.13, two lines of
/// `/proc/TID/status` (`proc_pid_status(5)`).
///
/// @param pid the thread group's id
/// @param parent its parent's
record ProcessStatus(int pid, int parent) {

    /// Of a thread that may end at any time.
    static Optional<ProcessStatus> of(TaskReader tasks, int tid) {
        return tasks.ids(tid)
                .map(ids -> new ProcessStatus(ids.pid(), ids.parent()))
                .or(() -> of(tid));
    }

    /// From the text alone.
    static Optional<ProcessStatus> of(int tid) {
        try {
            var text =
                    Files.readString(
                            Path.of("/proc/" + tid + "/status"), StandardCharsets.ISO_8859_1);
            int pid = number(text, "\nTgid:\t");
            int parent = number(text, "\nPPid:\t");
            return pid < 0 || parent < 0
                    ? Optional.empty()
                    : Optional.of(new ProcessStatus(pid, parent));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    // The name, which the process chooses, is escaped by the kernel: it cannot begin a line.
    private static int number(String text, String key) {
        int start = text.indexOf(key);
        if (start < 0) {
            return -1;
        }
        start += key.length();
        return Integer.parseInt(text, start, text.indexOf('\n', start), 10);
    }
}
