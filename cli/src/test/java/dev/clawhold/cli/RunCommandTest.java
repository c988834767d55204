package dev.clawhold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.audit.AuditException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
    private final CommandLines clawhold = new CommandLines();

    @Test
    void theStatusIsThatOfTheCommand() {
        assertThat(clawhold.run("run", "--", "sh")).isEqualTo(new CommandLines.Result(42, "", ""));
    }

    @Test
    void withoutOptionsEverythingHasItsDefault() {
        assertThat(request("--", "sh"))
                .isEqualTo(
                        new RunRequest(
                                Optional.empty(),
                                Optional.empty(),
                                CommandLines.DIRECTORY,
                                Map.of(),
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                false,
                                false,
                                List.of("sh")));
    }

    @Test
    void everyOptionReachesTheRunner() {
        assertThat(
                        request(
                                "--policy",
                                "p.yaml",
                                "--name",
                                "box-1",
                                "--workdir",
                                "sub",
                                "--env",
                                "A=1",
                                "--env",
                                "B=x=y",
                                "--env",
                                "C=",
                                "--resolve",
                                "A.example:443:127.0.0.1:8443",
                                "--upstream-ca",
                                "one.pem",
                                "--upstream-ca",
                                "two.pem",
                                "--audit",
                                "log",
                                "--audit-sync",
                                "--explain",
                                "--",
                                "sh"))
                .isEqualTo(
                        new RunRequest(
                                Optional.of(Path.of("p.yaml")),
                                Optional.of("box-1"),
                                CommandLines.DIRECTORY.resolve("sub"),
                                Map.of("A", "1", "B", "x=y", "C", ""),
                                List.of(new ResolveMapping("a.example", 443, "127.0.0.1", 8443)),
                                List.of(Path.of("one.pem"), Path.of("two.pem")),
                                Optional.of(Path.of("log")),
                                true,
                                true,
                                List.of("sh")));
    }

    @Test
    void variablesKeepTheirOrderAndTheLastOfANameWins() {
        assertThat(request("--env", "Z=1", "--env", "A=2", "--env", "Z=3", "sh").environment())
                .containsExactly(Map.entry("Z", "3"), Map.entry("A", "2"));
    }

    @Test
    void whatFollowsTheCommandIsTheCommandsOwn() {
        var own = List.of("npm", "--policy", "x", "-h", "--version", "--", "--name", "@file", "");

        assertThat(command(own, true)).isEqualTo(own);
        assertThat(command(own, false)).isEqualTo(own);
    }

    @Test
    void afterTheDashesEvenAnOptionIsTheCommand() {
        assertThat(request("--", "--explain").command()).containsExactly("--explain");
        assertThat(request("--", "--", "x").command()).containsExactly("--", "x");
    }

    @Test
    void anAbsoluteWorkdirStands() {
        assertThat(request("--workdir", "/srv", "sh").workdir()).isEqualTo(Path.of("/srv"));
    }

    @Test
    void withoutACommandNothingRuns() {
        var result = clawhold.run("run", "--name", "x", "--");

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err())
                .startsWith("clawhold: cannot understand the command line: `CMD` is missing\n");
        assertThat(clawhold.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a_b", "a.b", "ä", "a b", "../x"})
    void aNameThatIsNoneIsRefused(String name) {
        var result = clawhold.run("run", "--name=" + name, "sh");

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err())
                .isEqualTo(
                        """
                        clawhold: cannot name the sandbox `%s`: that is not a name
                        hint: use up to 63 lower-case letters, digits and dashes, no dash first
                        """
                                .formatted(name));
        assertThat(clawhold.requests).isEmpty();
    }

    @Test
    void aNameHasAtMost63Characters() {
        assertThat(request("--name", "a".repeat(63), "sh").name()).contains("a".repeat(63));
        assertThat(clawhold.run("run", "--name", "a".repeat(64), "sh").status()).isEqualTo(125);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "=x", ""})
    void aVariableWithoutNameOrValueIsRefused(String variable) {
        var result = clawhold.run("run", "--env=" + variable, "sh");

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err()).endsWith("hint: write `--env NAME=VALUE`\n");
    }

    @Test
    void aMappingThatIsNoneIsRefused() {
        var result = clawhold.run("run", "--resolve", "a.example:443:127.0.0.1", "sh");

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err())
                .startsWith(
                        "clawhold: cannot resolve `a.example:443:127.0.0.1`: it is not a mapping\n");
    }

    @Test
    void anUnknownOptionRunsNothing() {
        var result = clawhold.run("run", "--polcy", "p.yaml", "--", "sh");

        assertThat(result.status()).isEqualTo(125);
        assertThat(result.err())
                .startsWith("clawhold: unknown option `--polcy`: did you mean `--policy`?\n");
        assertThat(clawhold.requests).isEmpty();
    }

    @Test
    void aSandboxThatCannotBeSetUpIs125WithCauseAndMend() {
        clawhold.runner =
                _ -> {
                    throw new CommandException(
                            "cannot confine files: Landlock is not enabled in this kernel",
                            "add `landlock` to the kernel's `lsm=` parameter and reboot");
                };

        assertThat(clawhold.run("run", "sh"))
                .isEqualTo(
                        new CommandLines.Result(
                                125,
                                "",
                                """
                                clawhold: cannot confine files: Landlock is not enabled in this kernel
                                hint: add `landlock` to the kernel's `lsm=` parameter and reboot
                                """));
    }

    @Test
    void aLogThatCannotBeWrittenIs125InItsOwnWords() {
        clawhold.runner =
                _ -> {
                    throw new AuditException("cannot open the audit log `x`: permission denied");
                };

        assertThat(clawhold.run("run", "sh"))
                .isEqualTo(
                        new CommandLines.Result(
                                125,
                                "",
                                "clawhold: cannot open the audit log `x`: permission denied\n"));
    }

    @Test
    void anUnexpectedFailureIs125Too() {
        clawhold.runner =
                _ -> {
                    throw new IllegalStateException("no idea");
                };

        assertThat(clawhold.run("run", "sh").status()).isEqualTo(125);
    }

    private List<String> command(List<String> own, boolean dashes) {
        var arguments = new ArrayList<>(List.of("--explain"));
        if (dashes) {
            arguments.add("--");
        }
        arguments.addAll(own);
        return request(arguments.toArray(String[]::new)).command();
    }

    private RunRequest request(String... arguments) {
        clawhold.requests.clear();
        var line = new ArrayList<>(List.of("run"));
        line.addAll(List.of(arguments));
        var result = clawhold.run(line.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        return clawhold.requests.getFirst();
    }
}
