package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxRegistryTest {
    private static final ProcessId GONE = new ProcessId(1, 1); // pid 1 did not start then
    private static final int SELF = (int) ProcessHandle.current().pid();

    @TempDir private Path temporary;

    @Test
    void aNameIsTakenOnce() {
        var registry = registry();
        registry.claim("a", List.of());
        registry.claim("b", List.of());

        assertThat(registry.names()).containsExactly("a", "b");
        assertThatThrownBy(() -> registry.claim("a", List.of()))
                .isInstanceOf(SetupException.class)
                .hasMessage("a sandbox named `a` is running");
    }

    @Test
    void anEndedSandboxLeavesItsNameFree() {
        var registry = registry();
        registry.claim("a", List.of());
        registry.delete("a");
        registry.claim("a", List.of());

        assertThat(registry.names()).containsExactly("a");
    }

    @Test
    void aNameOfProcessesThatAreGoneIsFree() {
        var registry = registry();
        registry.update(entry("a", GONE, Optional.of(GONE)));
        registry.claim("a", List.of());

        assertThat(registry.names()).containsExactly("a");
    }

    @Test
    void aKeeperAloneKeepsItsName() {
        var registry = registry();
        registry.update(entry("a", GONE, ProcessId.of(SELF)));

        assertThatThrownBy(() -> registry.claim("a", List.of())).isInstanceOf(SetupException.class);
    }

    @Test
    void reapForgetsWhatIsGoneAndNeverHitsAProcessThatHasItsNumber() {
        var registry = registry();
        var recycled = new ProcessId(SELF, 1); // this test's number, but another start
        registry.update(entry("a", GONE, Optional.of(recycled)));

        assertThat(registry.reap()).containsExactly(new SandboxRegistry.Reaped("a", true, "ended"));
        assertThat(registry.names()).isEmpty();
        assertThat(temporary.resolve("state/a.sandbox")).doesNotExist();
    }

    @Test
    void reapLeavesSandboxesOfLivingSupervisorsAlone() {
        var registry = registry();
        registry.claim("a", List.of());

        assertThat(registry.reap()).isEmpty();
        assertThat(registry.names()).containsExactly("a");
    }

    @Test
    void reapEndsTheKeeperOfASupervisorThatIsGone() throws IOException, InterruptedException {
        var keeper = new ProcessBuilder("sleep", "60").start();
        var registry = registry();
        registry.update(entry("a", GONE, ProcessId.of((int) keeper.pid())));

        assertThat(registry.reap()).hasSize(1).allMatch(SandboxRegistry.Reaped::ended);
        assertThat(keeper.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void aHalfWrittenOrForeignFileIsNoSandbox() throws IOException {
        var registry = registry();
        Files.writeString(temporary.resolve("state/a.sandbox"), "name=a\nsupervisor=12");
        Files.writeString(temporary.resolve("state/b.sandbox"), "");

        assertThat(registry.reap()).isEmpty();
        assertThat(registry.names()).isEmpty();
    }

    @Test
    void aDirectoryThatOthersCanWriteIsRefused() throws IOException {
        var open = Files.createDirectory(temporary.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> SandboxRegistry.in(open))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("another user could write in it");
    }

    @Test
    void anEntryComesBackAsItWasWritten() {
        var entry =
                new RegistryEntry(
                        "a",
                        new ProcessId(1, 2),
                        Optional.of(new ProcessId(3, 4)),
                        Optional.of(new ProcessId(5, 6)),
                        List.of("/sys/fs/cgroup/a b", "/sys/fs/cgroup/c"));

        assertThat(RegistryEntry.parse(entry.text())).hasValue(entry);
    }

    @Test
    void aProcessIsItsNumberAndItsStart() {
        var self = ProcessId.of(SELF).orElseThrow();

        assertThat(self.lives()).isTrue();
        assertThat(new ProcessId(SELF, self.start() + 1).lives()).isFalse();
    }

    private SandboxRegistry registry() {
        return SandboxRegistry.in(temporary.resolve("state"));
    }

    private static RegistryEntry entry(
            String name, ProcessId supervisor, Optional<ProcessId> keeper) {
        return new RegistryEntry(name, supervisor, keeper, Optional.empty(), List.of());
    }
}
