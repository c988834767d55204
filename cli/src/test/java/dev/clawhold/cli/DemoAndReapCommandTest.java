package dev.clawhold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.cli.CommandLines.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoAndReapCommandTest {
    private final CommandLines clawhold = new CommandLines();

    @Test
    void theDemoPrintsAndItsStatusIsPassedOn() {
        assertThat(clawhold.run("demo")).isEqualTo(new Result(0, "run\n", ""));

        clawhold.demo = new CommandLines.FakeDemo(1);
        assertThat(clawhold.run("demo").status()).isEqualTo(1);
    }

    @Test
    void theDemoShowsWhatItWouldRun() {
        clawhold.demo = new CommandLines.FakeDemo(1);

        assertThat(clawhold.run("demo", "--show")).isEqualTo(new Result(0, "shown\n", ""));
    }

    @Test
    void reapNamesWhatItEnded() {
        clawhold.reaper = () -> List.of("box-1: ended", "box-2: ended");

        assertThat(clawhold.run("reap"))
                .isEqualTo(new Result(0, "box-1: ended\nbox-2: ended\n", ""));
    }

    @Test
    void reapSaysWhenThereIsNothingToDo() {
        assertThat(clawhold.run("reap")).isEqualTo(new Result(0, "nothing to end\n", ""));
    }
}
