package dev.clawhold.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledWriterTest {
    @TempDir private Path directory;

    @Test
    void aKilledProcessLosesNoRecordThatItReported() throws IOException, InterruptedException {
        var file = directory.resolve("audit.jsonl");
        var writer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty("jdk.module.path", "")
                                        + ":"
                                        + System.getProperty("java.class.path")
                                        + ":target/classes:target/test-classes",
                                Writer.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long reported;
        try (var out = writer.inputReader(StandardCharsets.US_ASCII)) {
            reported = upTo(3_000, out);
            writer.toHandle().destroyForcibly(); // the process's own method closes the stream
            reported = Math.max(reported, upTo(Long.MAX_VALUE, out));
        }
        writer.waitFor();

        assertThat(reported).isGreaterThanOrEqualTo(3_000);
        try (var next = FileAuditLog.open(file, "test", InstantSource.system(), false)) {
            assertThat(next.record(Events.started()).seq()).isGreaterThan(reported);
        }
        assertThat(AuditVerification.verify(file)).isInstanceOf(AuditVerification.Intact.class);
    }

    /// Reads whole lines until one reaches the number or the writer's output ends.
    private static long upTo(long number, BufferedReader out) throws IOException {
        long last = 0;
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.endsWith(".")) {
                last = Long.parseLong(line.substring(0, line.length() - 1));
            }
            if (last >= number) {
                return last;
            }
        }
        return last;
    }

    /// Records until it is killed, and reports each record's number when it is recorded.
    static final class Writer {
        private Writer() {}

        public static void main(String... arguments) {
            var log =
                    FileAuditLog.open(Path.of(arguments[0]), "test", InstantSource.system(), false);
            var out = new PrintStream(new FileOutputStream(FileDescriptor.out));
            while (true) {
                out.println(log.record(Events.allowed("a.example")).seq() + ".");
            }
        }
    }
}
