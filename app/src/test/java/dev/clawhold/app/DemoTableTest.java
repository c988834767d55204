package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DemoTableTest {
    private static final DemoAttempt PTRACE =
            DemoAttempt.of("ptrace", "ptrace", "failed EPERM", "system calls");
    private static final int TERMINAL = 80;

    private final StringWriter text = new StringWriter();

    @Test
    void aRowSaysWhatWasTriedWhatHappenedAndWhichLayerDecided() {
        table(false).row(PTRACE, true, false, "EPERM");

        assertThat(text)
                .hasToString(
                        "✓ ptrace                          blocked: EPERM                   "
                                + " system calls\n");
    }

    @Test
    void aBrokenPromiseIsShownWithWhatWasPromised() {
        table(false).row(PTRACE, false, true, "worked");

        assertThat(text.toString())
                .startsWith("✗ ptrace                          allowed: worked ")
                .endsWith("\n    promised: failed EPERM\n");
    }

    @Test
    void nothingIsWiderThanATerminalOf80Columns() {
        var table = table(false);
        var long9 = "a rather long explanation ".repeat(9);
        table.title("a title");
        table.fact("fact", long9);
        table.header();
        table.row(PTRACE, true, true, long9);
        table.row(PTRACE, true, false, "x".repeat(200));
        table.hint(long9);
        table.afterwards();
        table.check(false, "audit log", long9);
        DemoAttempt.all("192.168.178.123").forEach(table::missing);

        assertThat(text.toString().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(TERMINAL));
    }

    @Test
    void everyAttemptFitsItsColumn() {
        assertThat(DemoAttempt.all("255.255.255.255"))
                .allSatisfy(attempt -> assertThat(attempt.tried()).hasSizeLessThanOrEqualTo(30));
    }

    @Test
    void coloursAreOnlyWhereTheyAreWanted() {
        table(false).row(PTRACE, false, false, "EPERM");
        assertThat(text.toString()).doesNotContain("\033");

        table(true).row(PTRACE, true, false, "EPERM");
        assertThat(text.toString()).contains("\033[32m✓ \033[0mptrace");
    }

    @Test
    void wordsAreBrokenOnlyWhereTheyAreTooLong() {
        assertThat(DemoTable.wrap("one two three", 8)).containsExactly("one two", "three");
        assertThat(DemoTable.wrap("abcdefghij kl", 4)).containsExactly("abcd", "efgh", "ij", "kl");
        assertThat(DemoTable.wrap("", 4)).containsExactly("");
    }

    private DemoTable table(boolean colours) {
        return new DemoTable(new PrintWriter(text), colours);
    }
}
