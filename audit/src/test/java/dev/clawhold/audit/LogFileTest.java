package dev.clawhold.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogFileTest {
    /// full(4): every write fails with ENOSPC.
    @Test
    void theKernelsWordsForAFullDiskArePassedOn() throws IOException {
        var full = Path.of("/dev/full");
        try (var device = new RandomAccessFile(full.toFile(), "rw")) {
            var log = new LogFile(full, device, Duration.ZERO);

            assertThatThrownBy(() -> log.append(new byte[] {'x'}, 1))
                    .hasMessage("No space left on device");
        }
    }
}
