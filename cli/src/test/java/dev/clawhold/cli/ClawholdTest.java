package dev.clawhold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.cli.CommandLines.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClawholdTest {
    private final CommandLines clawhold = new CommandLines();

    @Test
    void theVersionIsPrinted() {
        assertThat(clawhold.run("--version")).isEqualTo(new Result(0, "clawhold 1.2.3\n", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run ",
                "policy ",
                "policy check ",
                "policy explain ",
                "policy merge ",
                "policy fmt ",
                "policy learn ",
                "policy presets ",
                "policy schema ",
                "doctor ",
                "audit ",
                "audit verify ",
                "audit show ",
                "demo ",
                "reap "
            })
    void everyCommandHasHelpWithExamplesAndExitStatuses(String command) {
        var result = clawhold.run((command + "--help").split(" "));

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("Usage: clawhold " + command)
                .contains("\nExit status:\n", "\nExamples:\n  clawhold " + command.strip());
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 80, "within 80 columns");
    }

    @Test
    void theHelpListsEveryCommand() {
        assertThat(clawhold.run("--help").out())
                .contains("  run ", "  policy ", "  audit ", "  doctor ", "  demo ", "  reap ");
    }

    @Test
    void anUnknownCommandIsNamedWithOneThatIsAlike() {
        assertThat(clawhold.run("rum"))
                .isEqualTo(
                        new Result(
                                2,
                                "",
                                """
                                clawhold: unknown command `rum`: did you mean `run`?
                                hint: `clawhold --help` shows how it is used
                                """));
        assertThat(clawhold.run("policy", "chekc").err())
                .startsWith("clawhold: unknown command `chekc`: did you mean `check`?\n");
        assertThat(clawhold.run("frobnicate").err())
                .startsWith("clawhold: unknown command `frobnicate`: there is no such command\n");
    }

    @Test
    void anUnknownOptionIsNamedWithOneThatIsAlike() {
        assertThat(clawhold.run("doctor", "--jsn"))
                .isEqualTo(
                        new Result(
                                2,
                                "",
                                """
                                clawhold: unknown option `--jsn`: did you mean `--json`?
                                hint: `clawhold doctor --help` shows how it is used
                                """));
    }

    @Test
    void aMissingCommandIsABadCommandLine() {
        for (var line : List.of(new String[] {}, new String[] {"policy"}, new String[] {"audit"})) {
            var result = clawhold.run(line);

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .startsWith(
                            "clawhold: cannot understand the command line: a command is missing\n")
                    .contains("\nhint: `clawhold");
        }
    }

    @Test
    void anArgumentTooManyIsNamed() {
        assertThat(clawhold.run("doctor", "now").err())
                .startsWith("clawhold: unknown argument `now`: there is no such argument\n");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(clawhold.run("policy", "explain", "f").err())
                .startsWith(
                        "clawhold: cannot understand the command line: `--binary PATH` and"
                                + " `--host HOST` and `--port PORT` are missing\n");
        assertThat(clawhold.run("audit", "verify").err())
                .startsWith("clawhold: cannot understand the command line: `FILE` is missing\n");
    }

    @Test
    void anOptionWithoutItsValueIsNamed() {
        for (var line : List.of(List.of("--policy"), List.of("--policy", "--name", "x", "sh"))) {
            var arguments = new ArrayList<>(List.of("run"));
            arguments.addAll(line);

            assertThat(clawhold.run(arguments.toArray(String[]::new)).err())
                    .startsWith(
                            "clawhold: cannot understand the command line: `--policy FILE` has no"
                                    + " value\n");
        }
    }

    @Test
    void anOptionTwiceIsNamed() {
        assertThat(clawhold.run("run", "--name", "a", "--name", "b", "sh").err())
                .isEqualTo(
                        """
                        clawhold: cannot understand the command line: `--name NAME` stands twice
                        hint: `clawhold run --help` shows how it is used
                        """);
    }

    @Test
    void aPathThatIsNoneIsNamedWithoutAJavaType() {
        assertThat(clawhold.run("audit", "verify", "a\0b").err())
                .startsWith("clawhold: cannot understand the command line: ")
                .contains("`a\\u{0}b` is not a path")
                .doesNotContain("Exception");
    }

    @Test
    void whatAUserTypedCannotSteerTheTerminal() {
        assertThat(clawhold.run("\u001b[2Krun").err())
                .startsWith("clawhold: unknown command `\\u{1b}[2Krun`");
    }

    @Test
    void aFailureThatIsUnderstoodIsOneLineAndItsHint() {
        clawhold.reaper =
                () -> {
                    throw new CommandException(
                            "cannot end sandbox `x`: permission denied", "use sudo");
                };

        assertThat(clawhold.run("reap"))
                .isEqualTo(
                        new Result(
                                2,
                                "",
                                """
                                clawhold: cannot end sandbox `x`: permission denied
                                hint: use sudo
                                """));
    }

    @Test
    void anUnexpectedFailureHasAStatusOfItsOwnAndShowsWhereItHappened() {
        clawhold.doctor =
                () -> {
                    throw new IllegalStateException("no idea");
                };
        var result = clawhold.run("doctor");

        assertThat(result.status()).isEqualTo(70);
        assertThat(result.err())
                .startsWith("clawhold: `clawhold doctor` failed: no idea\nhint: this is a fault of")
                .contains("ClawholdTest");
    }
}
