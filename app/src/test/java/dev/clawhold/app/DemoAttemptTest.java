package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoAttemptTest {
    private static final DemoAttempt MOUNT = DemoAttempt.of("mount", "", "failed EPERM", "");

    @Test
    void aPromiseIsKeptOnlyByTheWholeReport() {
        assertThat(MOUNT.isKept(report("mount\tfailed\tEPERM"))).isTrue();
        assertThat(MOUNT.isKept(report("mount\tfailed\tEPERMISSION"))).isFalse();
        assertThat(MOUNT.isKept(report("mount\tworked\tEPERM"))).isFalse();
    }

    @Test
    void aReportThatLacksFieldsKeepsNoPromise() {
        assertThat(MOUNT.isKept(report("mount"))).isFalse();
        assertThat(report("")).isEqualTo(new DemoAttempt.Report("", "", "", ""));
    }

    @Test
    void aReportMayBringAnExplanation() {
        assertThat(report("a\tfailed\t403 x\tdo this"))
                .isEqualTo(new DemoAttempt.Report("a", "failed", "403 x", "do this"));
    }

    @Test
    void theAgentTriesEveryAttempt() {
        var agent = DemoFiles.agent();

        assertThat(DemoAttempt.all("192.0.2.1"))
                .extracting(DemoAttempt::name)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(agent).contains("attempt(\"" + name + "\", "));
    }

    @Test
    void everyLayerHasAnAttemptThatWorksAndOneThatDoesNot() {
        for (var layer : List.of("egress", "network", "files", "system calls")) {
            assertThat(DemoAttempt.all("192.0.2.1"))
                    .filteredOn(attempt -> attempt.layer().equals(layer))
                    .anyMatch(attempt -> attempt.promised().pattern().startsWith("worked"))
                    .anyMatch(attempt -> attempt.promised().pattern().startsWith("failed"));
        }
    }

    private static DemoAttempt.Report report(String line) {
        return DemoAttempt.Report.parse(line);
    }
}
