package dev.clawhold.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditReaderTest {
    @TempDir private Path directory;
    private Path file;

    @BeforeEach
    void place() {
        file = directory.resolve("audit.jsonl");
    }

    @Test
    void whatWasRecordedIsReadBack() {
        record(Events.denied("a.example"));
        var record = records().getFirst();

        assertThat(record.field("seq")).contains("1");
        assertThat(record.field("sandbox")).contains("test");
        assertThat(record.field("kind")).contains("egress");
        assertThat(record.field("verdict")).contains("deny");
        assertThat(record.field("reason")).contains("host_not_listed");
        assertThat(record.field("binary.path")).contains("/usr/bin/curl");
        assertThat(record.field("binary.ancestors.0.path")).contains("/bin/sh");
        assertThat(record.field("port")).contains("443");
        assertThat(record.field("rule")).isEmpty();
    }

    @Test
    void textComesBackAsItWas() {
        var text = "\"\\\n\u001b[2K\u202e\u0456😀";
        record(new Event.Lifecycle("x", Map.of("text", text), Optional.empty()));

        assertThat(records().getFirst().field("details.text")).contains(text);
    }

    @Test
    void aRecordKeepsItsLine() throws IOException {
        record(Events.started());

        assertThat(records().getFirst().json() + "\n").isEqualTo(Files.readString(file));
    }

    @Test
    void whatIsNoRecordIsNamedByItsLine() throws IOException {
        for (var line : List.of("x", "", "[1]", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":", "\"s\"")) {
            Files.writeString(file, "{}\n" + line + "\n");

            assertThat(AuditReader.read(file, _ -> {}))
                    .as(line)
                    .isEqualTo(new AuditReader.Reading.Stopped(2, "it is not a record"));
        }
    }

    @Test
    void aLineWithoutEndIsNoRecord() throws IOException {
        Files.writeString(file, "{}");

        assertThat(AuditReader.read(file, _ -> {}))
                .isEqualTo(new AuditReader.Reading.Stopped(1, "it is not a record"));
    }

    @Test
    void aLogThatCannotBeReadIsAnError() {
        assertThatThrownBy(() -> AuditReader.read(file, _ -> {}))
                .isInstanceOf(AuditException.class)
                .hasMessage(
                        "cannot read the audit log `%s`: no such file or directory"
                                .formatted(file));
    }

    private void record(Event event) {
        try (var log = FileAuditLog.open(file, "test", InstantSource.system(), false)) {
            log.record(event);
        }
    }

    private List<AuditRecord> records() {
        var records = new ArrayList<AuditRecord>();
        assertThat(AuditReader.read(file, records::add))
                .isEqualTo(new AuditReader.Reading.Whole(records.size()));
        return records;
    }
}
