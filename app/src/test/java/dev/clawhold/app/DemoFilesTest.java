package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoFilesTest {
    private static final Path JDK = Path.of("/usr/lib/jvm/jdk");

    @ParameterizedTest
    @ValueSource(strings = {"/usr/lib/jvm/jdk", "/opt/jdk", "/home/o'brien/my: {jdk}"})
    void thePolicyIsValidWhereverTheJdkStands(String home) {
        var text = DemoFiles.policy(Path.of(home), List.of("a.test", "b.test"));

        assertThat(parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Valid.class, valid -> assertThat(valid.warnings()).isEmpty());
    }

    @Test
    void aJdkThatASandboxHasAnywayIsNotListed() {
        assertThat(DemoFiles.policy(JDK, List.of())).doesNotContain("read_only");
        assertThat(DemoFiles.policy(Path.of("/opt/jdk"), List.of()))
                .contains("read_only: ['/opt/jdk']");
    }

    @Test
    void closingRemovesEverythingAndMaybeMoreThanOnce() throws IOException {
        var files = DemoFiles.make(JDK, "certificate", "a.test");
        Files.createDirectory(files.workdir().resolve("mnt"));
        assertThat(files.areUntouched()).isTrue();

        files.close();
        files.close();

        assertThat(files.directory()).doesNotExist();
    }

    @Test
    void aChangedSecretIsNoticed() throws IOException {
        try (var files = DemoFiles.make(JDK, "certificate", "a.test")) {
            Files.writeString(files.directory().resolve("secret.txt"), "another");

            assertThat(files.areUntouched()).isFalse();
            assertThat(files.ownTheAgentsFile()).as("which it never wrote").isFalse();
        }
    }

    private static Parsed parse(String text) {
        return PolicyFile.parse(
                "policy.yaml", text.getBytes(StandardCharsets.UTF_8), 1, Instant.EPOCH);
    }
}
