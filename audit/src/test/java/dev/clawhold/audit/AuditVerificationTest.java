package dev.clawhold.audit;

import static dev.clawhold.audit.Events.allowed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerificationTest {
    @TempDir private Path directory;
    private Path file;

    @BeforeEach
    void fiveRecords() {
        file = directory.resolve("audit.jsonl");
        try (var log = FileAuditLog.open(file, "test", InstantSource.system(), false)) {
            for (int i = 1; i <= 5; i++) {
                log.record(allowed("h" + i + ".example"));
            }
        }
    }

    @Test
    void anUntouchedLogIsIntact() throws IOException {
        var last = lines().getLast();
        var head = last.substring(last.length() - 66, last.length() - 2);

        assertThat(AuditVerification.verify(file)).isEqualTo(new AuditVerification.Intact(5, head));
    }

    @Test
    void anEmptyLogIsIntact() throws IOException {
        var empty = Files.createFile(directory.resolve("empty"));

        assertThat(AuditVerification.verify(empty))
                .isEqualTo(new AuditVerification.Intact(0, "0".repeat(64)));
    }

    @Test
    void everyChangeOfOneByteIsFoundInItsRecord() throws IOException {
        var bytes = Files.readAllBytes(file);
        int record = 1;
        for (int i = 0; i < bytes.length; i++) {
            byte was = bytes[i];
            bytes[i] ^= 1;
            Files.write(file, bytes);
            assertThat(broken()).as("byte " + i).isEqualTo(record);
            bytes[i] = was;
            record += was == '\n' ? 1 : 0;
        }
    }

    @Test
    void aDroppedRecordIsFound() throws IOException {
        var lines = lines();
        lines.remove(2);
        write(lines);

        assertThat(broken()).isEqualTo(3);
    }

    @Test
    void aRepeatedRecordIsFound() throws IOException {
        var lines = lines();
        lines.add(3, lines.get(2));
        write(lines);

        assertThat(broken()).isEqualTo(4);
    }

    @Test
    void swappedRecordsAreFound() throws IOException {
        var lines = lines();
        Collections.swap(lines, 1, 3);
        write(lines);

        assertThat(broken()).isEqualTo(2);
    }

    @Test
    void aDroppedFirstRecordIsFound() throws IOException {
        write(lines().subList(1, 5));

        assertThat(broken()).isEqualTo(1);
    }

    @Test
    void aCutLastLineIsFound() throws IOException {
        var text = Files.readString(file);
        for (int cut : new int[] {1, 2, 80, 200}) {
            Files.writeString(file, text.substring(0, text.length() - cut));
            assertThat(broken()).isEqualTo(5);
        }
    }

    @Test
    void wholeRecordsCutOffAtTheEndAreMissedByTheNotedHead() throws IOException {
        write(lines().subList(0, 3));

        assertThat(AuditVerification.verify(file))
                .isEqualTo(
                        new AuditVerification.Broken(
                                4, "it is missing: the log's last record was number 5"));
    }

    @Test
    void aChainThatWasBuiltAnewIsFoundByTheNotedHead() throws IOException {
        var forged = directory.resolve("forged");
        try (var log = FileAuditLog.open(forged, "test", InstantSource.system(), false)) {
            for (int i = 1; i <= 6; i++) {
                log.record(allowed("forged.example"));
            }
        }
        assertThat(AuditVerification.verify(forged)).isInstanceOf(AuditVerification.Intact.class);
        Files.writeString(file, Files.readString(forged));

        assertThat(broken()).isEqualTo(5);
    }

    @Test
    void aRecordOfAnotherChainIsFound() throws IOException {
        var other = directory.resolve("other");
        try (var log = FileAuditLog.open(other, "test", InstantSource.system(), false)) {
            for (int i = 1; i <= 3; i++) {
                log.record(allowed("other.example"));
            }
        }
        var lines = lines();
        lines.set(2, Files.readAllLines(other).get(2));
        write(lines);

        assertThat(broken()).isEqualTo(3);
    }

    @Test
    void whatIsNoLogIsBrokenAtItsFirstRecord() throws IOException {
        Files.write(file, new byte[10_000_000]);

        assertThat(broken()).isEqualTo(1);
    }

    @Test
    void anUnreadableLogIsAnError() {
        var missing = directory.resolve("missing");
        assertThatThrownBy(() -> AuditVerification.verify(missing))
                .hasMessage(
                        "cannot read the audit log `%s`: no such file or directory"
                                .formatted(missing));
        assertThatThrownBy(() -> AuditVerification.verify(directory))
                .hasMessage("cannot read the audit log `%s`: is a directory".formatted(directory));
    }

    private long broken() {
        return switch (AuditVerification.verify(file)) {
            case AuditVerification.Broken(var record, _) -> record;
            case AuditVerification.Intact _ -> 0;
        };
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    private void write(List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }
}
