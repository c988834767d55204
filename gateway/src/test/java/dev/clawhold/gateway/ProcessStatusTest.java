package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStatusTest {
    private static final int OWN = (int) ProcessHandle.current().pid();

    @Test
    void aProcessHasAnIdAndAParent() {
        int parent = (int) ProcessHandle.current().parent().orElseThrow().pid();

        assertThat(ProcessStatus.of(OWN)).contains(new ProcessStatus(OWN, parent));
    }

    @Test
    void aThreadIsItsProcess() throws IOException {
        try (var threads = Files.list(Path.of("/proc/self/task"))) {
            assertThat(threads.mapToInt(path -> Integer.parseInt(path.toFile().getName())))
                    .hasSizeGreaterThan(1)
                    .allSatisfy(tid ->
                            assertThat(ProcessStatus.of(tid).orElseThrow().pid()).isEqualTo(OWN));
        }
    }

    @Test
    void aProcessCannotSpeakForItselfByItsName(@TempDir Path directory) throws IOException {
        try (var child = Child.ofCopy(directory.resolve("x\nTgid:\t1"))) {
            assertThat(ProcessStatus.of(child.pid())).contains(new ProcessStatus(child.pid(), OWN));
        }
    }

    @Test
    void whoIsGoneHasNone() {
        assertThat(ProcessStatus.of(1 << 30)).isEmpty();
    }
}
