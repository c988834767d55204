package dev.clawhold.cli;

import dev.clawhold.audit.AuditRecord;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policyfile.learn.Observation;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An audit record as something that a program was seen to try.
final class RecordObservation {
    private RecordObservation() {}

    /// Empty for a record that is about no connection and no request, or not complete.
    static Optional<Observation> of(AuditRecord record) {
        return switch (text(record, "kind")) {
            case "egress" -> observation(record, Optional.empty());
            case "http" ->
                    observation(
                            record,
                            Optional.of(
                                    new Observation.Request(
                                            text(record, "method"), text(record, "path"))));
            default -> Optional.empty();
        };
    }

    private static Optional<Observation> observation(
            AuditRecord record, Optional<Observation.Request> request) {
        return time(record)
                .flatMap(time ->
                        outcome(record)
                                .map(outcome ->
                                        new Observation(
                                                time,
                                                program(record),
                                                text(record, "host"),
                                                port(record),
                                                request,
                                                outcome,
                                                text(record, "reason"))));
    }

    private static Optional<Observation.Outcome> outcome(AuditRecord record) {
        return switch (text(record, "verdict")) {
            case "allow" -> Optional.of(Observation.Outcome.ALLOWED);
            case "inspect" -> Optional.of(Observation.Outcome.INSPECTED);
            case "ask" -> Optional.of(Observation.Outcome.ASKED);
            case "deny" -> Optional.of(Observation.Outcome.DENIED);
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> time(AuditRecord record) {
        try {
            return Optional.of(Instant.parse(text(record, "time")));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static int port(AuditRecord record) {
        var text = text(record, "port");
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static Program program(AuditRecord record) {
        if (record.field("binary.path").isEmpty()) {
            return new Program.Unknown(text(record, "binary.unknown"), 0);
        }
        var ancestors = new ArrayList<Executable>();
        var prefix = "binary.ancestors.0";
        while (record.field(prefix + ".path").isPresent()) {
            ancestors.add(executable(record, prefix));
            prefix = "binary.ancestors." + ancestors.size();
        }
        return new Program.Known(executable(record, "binary"), List.copyOf(ancestors), 0);
    }

    private static Executable executable(AuditRecord record, String prefix) {
        boolean changed = text(record, prefix + ".changed").equals("true");
        return new Executable(
                text(record, prefix + ".path"), text(record, prefix + ".sha256"), changed);
    }

    private static String text(AuditRecord record, String field) {
        return record.field(field).orElse("");
    }
}
