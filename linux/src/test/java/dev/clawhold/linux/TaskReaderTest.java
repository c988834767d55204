package dev.clawhold.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TaskReaderTest {
    private static final int OWN = (int) ProcessHandle.current().pid();
    private static final int NOBODY = 1 << 30;

    @TempDir private Path directory;

    private final TaskReader tasks = new TaskReader();

    @Test
    void aThreadIsPartOfItsProcess() throws IOException {
        int parent = (int) ProcessHandle.current().parent().orElseThrow().pid();

        try (var threads = Files.list(Path.of("/proc/self/task"))) {
            assertThat(threads.mapToInt(path -> Integer.parseInt(path.toFile().getName())))
                    .hasSizeGreaterThan(1)
                    .allSatisfy(tid ->
                            assertThat(tasks.ids(tid)).contains(new TaskReader.Ids(OWN, parent)));
        }
    }

    @Test
    void aProgramsStateIsItsFiles() throws IOException, InterruptedException {
        var place = copy("program");
        var sleeper = start(place);
        try {
            var state = tasks.executableState((int) sleeper.pid()).orElseThrow();

            assertThat(tasks.executablePath((int) sleeper.pid())).contains(place.toString());
            assertThat(state.inode()).isEqualTo(Files.getAttribute(place, "unix:ino"));
            assertThat(state.size()).isEqualTo(Files.size(place));
            assertThat(state.links()).isOne();
            assertThat(state.modified() / 1_000_000)
                    .isEqualTo(Files.getLastModifiedTime(place).toMillis());
        } finally {
            end(sleeper);
        }
    }

    @Test
    void aProgramWhoseNameIsGoneHasNoPathThoughAnotherNameIsLeft()
            throws IOException, InterruptedException {
        var place = copy("program");
        Files.createLink(directory.resolve("other"), place);
        var sleeper = start(place);
        try {
            Files.delete(place);

            assertThat(tasks.executablePath((int) sleeper.pid())).isEmpty();
            assertThat(tasks.executableState((int) sleeper.pid()).orElseThrow().links()).isOne();
        } finally {
            end(sleeper);
        }
    }

    @Test
    void aNameThatLooksGoneIsAName() throws IOException, InterruptedException {
        var place = copy("program (deleted)");
        var sleeper = start(place);
        try {
            assertThat(tasks.executablePath((int) sleeper.pid())).contains(place.toString());
        } finally {
            end(sleeper);
        }
    }

    @Test
    void ofWhoIsGoneThereIsNothing() {
        assertThat(tasks.ids(NOBODY)).isEmpty();
        assertThat(tasks.executableState(NOBODY)).isEmpty();
        assertThat(tasks.executablePath(NOBODY)).isEmpty();
    }

    private Path copy(String name) throws IOException {
        return Files.copy(Path.of("/bin/sleep"), directory.resolve(name));
    }

    // ProcessBuilder returns when the program has been executed.
    private static Process start(Path program) throws IOException {
        return new ProcessBuilder(program.toString(), "60").start();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
