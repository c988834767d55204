package dev.clawhold.cli;

import dev.clawhold.audit.AuditReader;
import dev.clawhold.audit.AuditRecord;
import dev.clawhold.audit.AuditVerification;
import dev.clawhold.policyfile.learn.Observation;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The observations in audit logs.
final class AuditLogs {
    private static final int MOST_NAMES = 5;

    private final Optional<String> sandbox;
    private final boolean verified;
    private final Consumer<String> warnings;
    private final NavigableSet<String> sandboxes = new TreeSet<>();

    /// @param sandbox the one whose records count; empty: all
    /// @param verified whether a log has to be what was written; where not, it is read as far as
    ///   its lines are records
    /// @param warnings told where reading stopped early
    AuditLogs(Optional<String> sandbox, boolean verified, Consumer<String> warnings) {
        this.sandbox = sandbox;
        this.verified = verified;
        this.warnings = warnings;
    }

    private static void verify(Path log) {
        if (AuditVerification.verify(log)
                instanceof AuditVerification.Broken(var record, var cause)) {
            throw broken(log, record, cause);
        }
    }

    /// Hands on every observation of every log.
    void read(List<Path> logs, Consumer<Observation> each) {
        if (verified) {
            logs.forEach(AuditLogs::verify);
        }
        for (var log : logs) {
            var reading = AuditReader.read(log, record -> take(record, each));
            if (reading instanceof AuditReader.Reading.Stopped(var record, var cause)) {
                stopped(log, record, cause);
            }
        }
        if (sandbox.isPresent() && !sandboxes.contains(sandbox.get())) {
            throw new CommandException(
                    "cannot learn from sandbox `" + sandbox.get() + "`: no record is about it",
                    sandboxes.isEmpty() ? "" : "there are records about " + names());
        }
    }

    private String names() {
        var first = sandboxes.stream().limit(MOST_NAMES).map(name -> "`" + name + "`").toList();
        return String.join(", ", first) + (sandboxes.size() > MOST_NAMES ? ", …" : "");
    }

    private void take(AuditRecord record, Consumer<Observation> each) {
        var name = record.field("sandbox").orElse("");
        if (sandboxes.size() <= MOST_NAMES || sandbox.equals(Optional.of(name))) {
            sandboxes.add(name);
        }
        if (sandbox.isEmpty() || sandbox.get().equals(name)) {
            RecordObservation.of(record).ifPresent(each);
        }
    }

    private void stopped(Path log, long record, String cause) {
        if (verified) {
            throw broken(log, record, cause);
        }
        warnings.accept("audit log `" + log + "` was read up to record " + record + ": " + cause);
    }

    private static CommandException broken(Path log, long record, String cause) {
        return new CommandException(
                "audit log `" + log + "` is broken: record " + record + ": " + cause,
                "`--unverified` learns from a log whose records nobody vouches for");
    }
}
