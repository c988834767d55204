package dev.clawhold.audit;

import static dev.clawhold.audit.Events.allowed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditLogTest implements AuditLogContract {
    @TempDir private Path directory;
    private Path file;
    private FullDisk disk;
    private FileAuditLog log;

    @BeforeEach
    void open() throws IOException {
        file = directory.resolve("audit.jsonl");
        disk = new FullDisk(file);
        log = disk.log(file);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Override
    public AuditLog log() {
        return log;
    }

    @Override
    public List<String> recordedHosts() {
        var hosts = new ArrayList<String>();
        AuditReader.read(file, record -> hosts.add(record.field("host").orElse("")));
        return hosts;
    }

    @Override
    public void breakStorage() {
        disk.fillUp();
    }

    @Override
    public void mendStorage() {
        disk.makeRoom();
    }

    @Test
    void aRecordIsInTheFileWhenRecordReturns() {
        log.record(allowed("a.example"));

        assertThat(recordedHosts()).containsExactly("a.example");
    }

    @Test
    void aWriteThatFailedHalfwayLeavesNothing() throws IOException {
        log.record(allowed("a.example"));
        long whole = Files.size(file);
        disk.fillUp();

        assertThatThrownBy(() -> log.record(allowed("b.example")))
                .hasMessage(
                        "cannot write the audit log `%s`: no space left on device".formatted(file));
        assertThat(Files.size(file)).isEqualTo(whole);
    }

    @Test
    void aHalfLineThatCannotBeCutAtOnceIsCutBeforeTheNextRecord() {
        log.record(allowed("a.example"));
        disk.fillUp();
        disk.stick();
        assertThatThrownBy(() -> log.record(allowed("b.example")))
                .isInstanceOf(AuditException.class);
        disk.makeRoom();
        log.record(allowed("c.example"));

        assertThat(recordedHosts()).containsExactly("a.example", "c.example");
        assertThat(AuditVerification.verify(file)).isInstanceOf(AuditVerification.Intact.class);
    }

    @Test
    void underManyThreadsTheLogHoldsExactlyWhatWasRecordedWhileTheDiskFillsAndEmpties() {
        var recorded = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                int n = i;
                threads.execute(() -> {
                    switch (n % 100) {
                        case 30 -> disk.fillUp();
                        case 60 -> disk.makeRoom();
                        default -> recorded.addAndGet(tryToRecord("h" + n + ".example"));
                    }
                });
            }
        }
        disk.makeRoom();

        assertThat(recorded).hasPositiveValue();
        assertThat(AuditVerification.verify(file))
                .isInstanceOfSatisfying(
                        AuditVerification.Intact.class,
                        intact -> assertThat(intact.records()).isEqualTo(recorded.get()));
    }

    private int tryToRecord(String host) {
        try {
            log.record(allowed(host));
            return 1;
        } catch (AuditException _) {
            return 0;
        }
    }

    @Test
    void anInterruptedThreadRecordsAndBreaksNothingForOthers() {
        Thread.currentThread().interrupt();
        log.record(Events.started());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(log.record(allowed("b.example")).seq()).isEqualTo(2);
    }

    @Test
    void aRecordAfterTheEndIsRefused() {
        log.close();

        assertThatThrownBy(() -> log.record(allowed("a.example")))
                .hasMessageEndingWith("it is closed");
    }

    @Test
    void aRemovedFileIsNoticedAndItsReturnToo() throws IOException {
        log.record(allowed("a.example"));
        var elsewhere = Files.move(file, directory.resolve("elsewhere"));

        assertThatThrownBy(() -> log.record(allowed("b.example")))
                .hasMessageEndingWith("it was removed while it was open");

        Files.move(elsewhere, file);
        log.record(allowed("c.example"));
        assertThat(recordedHosts()).containsExactly("a.example", "c.example");
    }

    @Test
    void anotherFileInItsPlaceIsNoticed() throws IOException {
        log.record(allowed("a.example"));
        var copy = Files.copy(file, directory.resolve("copy"));
        Files.delete(file);
        Files.move(copy, file);

        assertThatThrownBy(() -> log.record(allowed("b.example")))
                .hasMessageEndingWith("another file was put in its place while it was open");
    }

    @Test
    void aFileThatSomebodyElseCutOrWroteToIsNoticed() throws IOException {
        log.record(allowed("a.example"));
        Files.writeString(file, "");

        assertThatThrownBy(() -> log.record(allowed("b.example")))
                .hasMessageEndingWith("somebody else wrote to it or cut it while it was open");
    }
}
