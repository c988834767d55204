package dev.clawhold.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What checking a log's chain of hashes found.
public sealed interface AuditVerification {

    /// Every record is the one that was written, in its place.
    ///
    /// @param records how many there are
    /// @param head the last record's hash, 64 hexadecimal digits; zeros for an empty log
    record Intact(long records, String head) implements AuditVerification {}

    /// The log is not what was written.
    ///
    /// @param record the first record that is not as it was, counted from 1
    /// @param cause in words
    record Broken(long record, String cause) implements AuditVerification {}

    /// Reads the whole log once, in bounded memory, and holds it against its noted head
    /// (`<file>.head`), where there is one: without it, records cut off at the end are not missed.
    ///
    /// @throws AuditException if it cannot be read
    static AuditVerification verify(Path file) {
        try {
            // Before the log: a log that is being written to only grows.
            var noted = HeadFile.read(file).orElse(Head.NONE);
            try (var in = Files.newInputStream(file)) {
                return new ChainCheck(noted).check(new Lines(in));
            }
        } catch (IOException e) {
            throw AuditException.of("cannot read the audit log `" + file + "`", e);
        }
    }
}
