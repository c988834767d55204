package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.MemoryFile;
import dev.clawhold.linux.Spawn;
import dev.clawhold.linux.StatusPipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The last step of an image, run alone and for real: a program is found and fails as a shell's.
class ExecuteStepsTest {
    @TempDir private Path first;
    @TempDir private Path second;

    @BeforeEach
    void openDirectories() throws IOException {
        for (var directory : List.of(first, second)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aProgramIsFoundAlongThePath() throws IOException {
        program(second, "tool", "#!/bin/sh\nexit 41\n");

        assertThat(run("tool")).isEqualTo(41);
    }

    @Test
    void theFirstOnThePathWins() throws IOException {
        program(first, "tool", "#!/bin/sh\nexit 1\n");
        program(second, "tool", "#!/bin/sh\nexit 2\n");

        assertThat(run("tool")).isEqualTo(1);
    }

    @Test
    void whatCannotBeExecutedIsPassedOver() throws IOException {
        Files.writeString(first.resolve("tool"), "#!/bin/sh\nexit 1\n");
        program(second, "tool", "#!/bin/sh\nexit 2\n");

        assertThat(run("tool")).isEqualTo(2);
    }

    @Test
    void aProgramThatIsNowhereIs127() {
        assertThat(run("no-such-tool")).isEqualTo(127);
    }

    @Test
    void aPathThatIsNotThereIs127() {
        assertThat(run(first.resolve("absent").toString())).isEqualTo(127);
    }

    @Test
    void aFileThatIsNoProgramIs126() throws IOException {
        Files.writeString(first.resolve("text"), "hello\n");

        assertThat(run(first.resolve("text").toString())).isEqualTo(126);
    }

    @Test
    void aDirectoryIs126() {
        assertThat(run(first.toString())).isEqualTo(126);
    }

    @Test
    void aPathIsNotSearchedFor() throws IOException {
        program(first, "tool", "#!/bin/sh\nexit 3\n");

        assertThat(run("./tool")).isEqualTo(127);
    }

    @Test
    void aScriptThatNamesNoInterpreterIsTheShells() throws IOException {
        program(first, "script", "exit $1\n");

        assertThat(run("script", "44")).isEqualTo(44);
    }

    @Test
    void argumentsAndEnvironmentArriveAsGiven() throws IOException {
        program(first, "tool", "#!/bin/sh\n[ \"$1\" = 'a b' ] && [ \"$WORD\" = 'ü = x' ]\n");

        assertThat(run("tool", "a b")).isZero();
    }

    private int run(String... command) {
        var image = ImageBuilder.begin(Architecture.current());
        new ExecuteSteps(image, blueprint(List.of(command))).execute();
        image.failureScript();
        try (var status = new StatusPipe();
                var file = MemoryFile.executable("test", image.build().file())) {
            return new Spawn().start(file, status.writingEnd()).await();
        }
    }

    private Blueprint blueprint(List<String> command) {
        var sample = Samples.blueprint(false, List.of(), command);
        return new Blueprint(
                sample.name(),
                sample.files(),
                sample.ownFiles(),
                sample.workdir(),
                sample.ids(),
                sample.ceilings(),
                sample.machine(),
                sample.stdio(),
                sample.groups(),
                command,
                Map.of("PATH", first + ":/nowhere:" + second, "WORD", "ü = x"));
    }

    private static void program(Path directory, String name, String text) throws IOException {
        var file = Files.writeString(directory.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
