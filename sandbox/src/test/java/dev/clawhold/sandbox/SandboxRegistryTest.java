package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxRegistryTest {
    private static final LivingProcess GONE = new LivingProcess(Integer.MAX_VALUE, 1);

    @TempDir private Path directory;
    private SandboxRegistry registry;
    private Process keeper;

    @BeforeEach
    void start() throws IOException {
        registry = new SandboxRegistry(directory.resolve("sandboxes"));
        keeper = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void end() throws InterruptedException {
        keeper.destroyForcibly().waitFor();
    }

    @Test
    void aNameThatIsInUseIsRefused() {
        try (var _ = registry.claim("box")) {
            assertThatThrownBy(() -> registry.claim("box"))
                    .isInstanceOf(SetupException.class)
                    .hasMessage("a sandbox named `box` is running");
        }
    }

    @Test
    void aNameIsFreeAgainWhenItIsClosed() {
        registry.claim("box").close();

        try (var again = registry.claim("box")) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void aSandboxWhoseSupervisorLivesIsLeftAlone() throws IOException {
        try (var claim = registry.claim("box")) {
            claim.started((int) keeper.pid());

            assertThat(registry.reap()).isEmpty();
            assertThat(keeper.isAlive()).isTrue();
        }
    }

    @Test
    void aSandboxWhoseSupervisorIsGoneIsEnded() throws IOException, InterruptedException {
        left("box", LivingProcess.of(keeper.pid()).orElseThrow());

        assertThat(registry.reap()).containsExactly("box: ended, its supervisor was gone");
        assertThat(keeper.waitFor()).isEqualTo(137);
        assertThat(registry.reap()).isEmpty();
    }

    @Test
    void aProcessThatHasGotTheKeepersIdIsNotHit() throws IOException {
        left("box", new LivingProcess(keeper.pid(), 1));

        assertThat(registry.reap()).containsExactly("box: had ended already");
        assertThat(keeper.isAlive()).isTrue();
    }

    @Test
    void aNameWhoseProcessesAreGoneCanBeTaken() throws IOException {
        left("box", GONE);

        try (var claim = registry.claim("box")) {
            assertThat(claim).isNotNull();
        }
    }

    @Test
    void aListThatDoesNotExistIsEmpty() throws IOException {
        assertThat(new SandboxRegistry(directory.resolve("nowhere")).reap()).isEmpty();
    }

    @Test
    void aListThatCannotBeWrittenStopsTheStart() throws IOException {
        Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> new SandboxRegistry(directory.resolve("file")).claim("box"))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("cannot be written");
    }

    private void left(String name, LivingProcess holder) throws IOException {
        var sandboxes = Files.createDirectories(directory.resolve("sandboxes"));
        Files.writeString(
                sandboxes.resolve(name), "supervisor " + GONE + "\nkeeper " + holder + "\n");
    }
}
