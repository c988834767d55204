package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a run may leave on the machine: nothing.
final class Traces {
    private Traces() {}

    /// No temporary file, mount or control group speaks of this scene.
    static void none(Scene scene) {
        var scratch = scene.root().resolve("tmp");
        var place = scene.root().getFileName().toString();
        try (var files = Files.list(scratch);
                var mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
            assertThat(files).as("temporary files").isEmpty();
            assertThat(mounts).as("mounts").noneMatch(line -> line.contains(place));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All these processes have ended, or do so within the bound.
    static void ended(Collection<ProcessHandle> processes) {
        for (var process : processes) {
            try {
                process.onExit().get(Held.BOUND.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError("still there: " + process.info(), e);
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// No control group bears the sandbox's name.
    static void noGroups(String sandbox) {
        var groups =
                Held.tool("find", "/sys/fs/cgroup", "-type", "d", "-name", "*" + sandbox + "*");
        assertThat(groups).as("control groups").isEmpty();
    }
}
