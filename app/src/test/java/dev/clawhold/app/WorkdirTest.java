package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkdirTest {
    @TempDir private Path directory;

    @Test
    void linksAreFollowedOnceAndForAll() throws IOException {
        var real = Files.createDirectory(directory.resolve("real"));
        var link = Files.createSymbolicLink(directory.resolve("link"), real);

        assertThat(Workdir.check(link)).isEqualTo(real.toRealPath());
        assertThat(Workdir.check(link.resolve("../real"))).isEqualTo(real.toRealPath());
    }

    @Test
    void whatIsNotThereIsRefused() throws IOException {
        var dangling = Files.createSymbolicLink(directory.resolve("link"), Path.of("none"));
        for (var path : new Path[] {directory.resolve("none"), dangling}) {
            assertThatThrownBy(() -> Workdir.check(path))
                    .isInstanceOf(CommandException.class)
                    .hasMessage(
                            "cannot use the working directory `" + path + "`: no such directory");
        }
    }

    @Test
    void aFileIsRefused() throws IOException {
        var file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> Workdir.check(file))
                .isInstanceOf(CommandException.class)
                .hasMessage(
                        "cannot use the working directory `" + file + "`: it is not a directory");
    }
}
