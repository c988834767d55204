package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.confinement.FileRules;
import dev.clawhold.policy.confinement.Identity;
import dev.clawhold.policy.confinement.Limits;
import dev.clawhold.policy.confinement.PathRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlipsTest {
    @TempDir private Path temporary;
    private Path workdir = Path.of("/");

    @BeforeEach
    void resolve() throws IOException {
        workdir = Files.createDirectory(temporary.toRealPath().resolve("w"));
    }

    @Test
    void anOrdinaryDirectoryIsFine() {
        assertThatCode(() -> check(workdir, List.of(), Optional.empty()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/etc", "/etc/ssl", "/usr", "/usr/bin", "/var", "/home", "/tmp"})
    void aSystemDirectoryIsNoWorkingDirectory(String path) {
        assertThatThrownBy(() -> check(Path.of(path), List.of(), Optional.empty()))
                .isInstanceOf(SetupException.class);
    }

    @Test
    void theOperatorsHomeIsNoWorkingDirectory() {
        assertThatThrownBy(() -> check(workdir, List.of(), Optional.of(workdir)))
                .hasMessageContaining("home directory");
    }

    @Test
    void norIsADirectoryThatHoldsTheHome() {
        assertThatThrownBy(() -> check(workdir, List.of(), Optional.of(workdir.resolve("me"))))
                .hasMessageContaining("home directory");
    }

    @Test
    void aDirectoryInTheHomeIsFine() {
        assertThatCode(() -> check(workdir, List.of(), Optional.of(temporary)))
                .doesNotThrowAnyException();
    }

    @Test
    void aDirectoryThatEveryUserCanWriteIsNoWorkingDirectory() throws IOException {
        Files.setPosixFilePermissions(workdir, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> check(workdir, List.of(), Optional.empty()))
                .hasMessageContaining("every user can write");
    }

    @Test
    void aProtectedFileMustNotLieInAWritableTree() throws IOException {
        var file = Files.writeString(workdir.resolve("policy.yaml"), "");

        assertThatThrownBy(() -> check(workdir, List.of(file), Optional.empty()))
                .hasMessageContaining("policy.yaml");
    }

    @Test
    void norMustOneThatIsNotThereYet() {
        var file = workdir.resolve("logs/audit.jsonl");

        assertThatThrownBy(() -> check(workdir, List.of(file), Optional.empty()))
                .hasMessageContaining("audit.jsonl");
    }

    @Test
    void norOneThatALinkBringsThere() throws IOException {
        var link = Files.createSymbolicLink(temporary.resolve("link"), workdir);

        assertThatThrownBy(() -> check(workdir, List.of(link.resolve("x")), Optional.empty()))
                .isInstanceOf(SetupException.class);
    }

    @Test
    void outsideItIsFine() {
        assertThatCode(() ->
                        check(workdir, List.of(temporary.resolve("audit.jsonl")), Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void aProtectedFileThatIsListedReadOnlyIsFine() throws IOException {
        var file = Files.writeString(workdir.resolve("policy.yaml"), "");
        var rules =
                new FileRules(
                        true,
                        List.of(new PathRule(file.toString(), Access.READ_ONLY, true)),
                        false);

        assertThatCode(() -> check(workdir, rules, List.of(file), Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void aWorkingDirectoryThatThePolicyDoesNotShowIsRefused() {
        var nothing = new FileRules(false, List.of(), false);

        assertThatThrownBy(() -> check(workdir, nothing, List.of(), Optional.empty()))
                .hasMessageContaining("the policy does not show it");
    }

    private static void check(Path workdir, List<Path> protectedPaths, Optional<Path> home) {
        check(workdir, new FileRules(true, List.of(), false), protectedPaths, home);
    }

    private static void check(
            Path workdir, FileRules rules, List<Path> protectedPaths, Optional<Path> home) {
        var workload =
                new Workload(
                        "slip",
                        new Confinement(rules, Identity.CHOSEN, Limits.BUILT_IN),
                        workdir,
                        List.of(),
                        List.of("true"),
                        Map.of(),
                        protectedPaths,
                        home);
        var plan = ExposurePlanner.plan(rules, workdir.toString(), new NioHostFiles());
        Slips.refuse(workload, plan);
    }
}
