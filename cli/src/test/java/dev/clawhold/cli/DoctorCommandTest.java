package dev.clawhold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.cli.CommandLines.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    private static final Finding THERE =
            new Finding("system calls", true, "user notification", Optional.empty());
    private static final Finding MISSING =
            new Finding("files", false, "no Landlock", Optional.of("add `landlock` to `lsm=`"));

    private final CommandLines clawhold = new CommandLines();

    @Test
    void aMachineThatHasEverythingIsOk() {
        clawhold.doctor = () -> List.of(THERE);

        assertThat(clawhold.run("doctor"))
                .isEqualTo(new Result(0, "system calls  ok       user notification\n", ""));
    }

    @Test
    void whatIsMissingComesWithItsMend() {
        clawhold.doctor = () -> List.of(MISSING, THERE);

        assertThat(clawhold.run("doctor"))
                .isEqualTo(
                        new Result(
                                1,
                                """
                                files         missing  no Landlock
                                              mend: add `landlock` to `lsm=`
                                system calls  ok       user notification
                                """,
                                ""));
    }

    @Test
    void scriptsGetOneArray() {
        clawhold.doctor = () -> List.of(MISSING, THERE);

        assertThat(clawhold.run("doctor", "--json"))
                .isEqualTo(
                        new Result(
                                1,
                                "[{\"layer\":\"files\",\"available\":false,"
                                        + "\"detail\":\"no Landlock\","
                                        + "\"mend\":\"add `landlock` to `lsm=`\"},"
                                        + "{\"layer\":\"system calls\",\"available\":true,"
                                        + "\"detail\":\"user notification\"}]\n",
                                ""));
    }
}
