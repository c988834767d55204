package dev.clawhold.app;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;

/// What the operator is told on stderr while a workload runs: each thing once. Safe for use by many
/// threads.
final class Notices {
    private final PrintWriter writer;
    private final Set<String> told = new HashSet<>();

    Notices(PrintWriter writer) {
        this.writer = writer;
    }

    PrintWriter writer() {
        return writer;
    }

    synchronized void tell(String notice) {
        writer.println("clawhold: " + notice);
    }

    synchronized void tellOnce(String notice) {
        if (told.add(notice)) {
            tell(notice);
        }
    }

    /// A line in a form of its own, such as a problem of a policy file.
    synchronized void line(String line) {
        writer.println(line);
    }
}
