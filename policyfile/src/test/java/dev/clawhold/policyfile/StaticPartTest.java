package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.confinement.FileRules;
import dev.clawhold.policy.confinement.Identity;
import dev.clawhold.policy.confinement.Limits;
import dev.clawhold.policy.confinement.PathRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StaticPartTest {

    @Test
    void anAbsentBlockMeansTheBuiltInPart() {
        assertThat(confinement("version: 1\n")).isEqualTo(Confinement.BUILT_IN);
    }

    @Test
    void aBlockNamesTheWorkingDirectoryItself() {
        assertThat(confinement("version: 1\nfilesystem_policy: {}\n").files())
                .isEqualTo(new FileRules(false, FileRules.BASELINE, false));
        assertThat(
                        confinement("version: 1\nfilesystem_policy: {include_workdir: true}\n")
                                .files()
                                .workdir())
                .isTrue();
    }

    @Test
    void listedPathsComeFirstAndTheBaselineDoesNotRepeatThem() {
        var files =
                confinement(
                                """
                                version: 1
                                filesystem_policy:
                                  read_write: [/srv//app/, /tmp]
                                  read_only: [/srv/app/./hooks, /usr, /tmp]
                                  deny: [/srv/app/.env]
                                landlock: {compatibility: hard_requirement}
                                """)
                        .files();
        assertThat(files.paths())
                .startsWith(
                        new PathRule("/srv/app", Access.READ_WRITE, true),
                        new PathRule("/tmp", Access.READ_ONLY, true),
                        new PathRule("/srv/app/hooks", Access.READ_ONLY, true),
                        new PathRule("/usr", Access.READ_ONLY, true),
                        new PathRule("/srv/app/.env", Access.DENY, true),
                        new PathRule("/bin", Access.READ_ONLY, false))
                .doesNotHaveDuplicates();
        assertThat(files.allMustExist()).isTrue();
    }

    @Test
    void theBaselineCanBeLeftOut() {
        assertThat(
                        confinement(
                                        "version: 1\nfilesystem_policy: {baseline: false, read_only: [/usr]}\n")
                                .files()
                                .paths())
                .containsExactly(new PathRule("/usr", Access.READ_ONLY, true));
    }

    @Test
    void identityAndCeilingsAreTyped() {
        var confinement =
                confinement(
                        """
                        version: 1
                        process:
                          run_as_user: 1000
                          run_as_group: sandbox
                          limits: {memory: 4GiB, cpu: 1.5, pids: 512, files: 4096, time: 8h}
                        """);
        assertThat(confinement.identity())
                .isEqualTo(new Identity(OptionalLong.of(1000), OptionalLong.empty()));
        assertThat(confinement.limits())
                .isEqualTo(
                        new Limits(
                                OptionalLong.of(4L << 30),
                                OptionalDouble.of(1.5),
                                OptionalLong.of(512),
                                OptionalLong.of(4096),
                                Optional.of(Duration.ofHours(8))));
    }

    @Test
    void onInvalidAndRevisionAreHandedOn() {
        var policy = Corpus.valid("version: 1\non_invalid: deny_all\n").policy();
        assertThat(policy.onInvalidDeniesAll()).isTrue();
        assertThat(policy.revision()).isEqualTo(1);
    }

    @Nested
    class WhileTheSandboxRuns {
        private static final String BEFORE =
                """
                version: 1
                filesystem_policy:
                  include_workdir: true
                  read_only: [/opt/a, /opt/b]
                process:
                  limits: {pids: 512}
                """;

        @Test
        void anotherNetworkOrOrderIsNoChange() {
            assertThat(changes(BEFORE + "network_policies: {}\n")).isEmpty();
            assertThat(changes(BEFORE.replace("/opt/a, /opt/b", "/opt/b, /opt/a"))).isEmpty();
        }

        @Test
        void everyDifferenceIsToldAtItsKey() {
            assertThat(
                            changes(
                                    """
                                    version: 1
                                    filesystem_policy:
                                      read_only: [/opt/a]
                                      read_write: [/opt/b]
                                      deny: [/opt/a/x]
                                      baseline: false
                                    landlock: {compatibility: hard_requirement}
                                    process:
                                      run_as_user: 7
                                      run_as_group: 7
                                    """))
                    .extracting(p -> p.line() + ":" + p.column() + " " + p.message())
                    .containsExactly(
                            "2:1 include_workdir changed while the sandbox runs",
                            "3:3 read_only changed while the sandbox runs",
                            "4:3 read_write changed while the sandbox runs",
                            "5:3 deny changed while the sandbox runs",
                            "6:3 baseline changed while the sandbox runs",
                            "7:12 compatibility changed while the sandbox runs",
                            "8:1 limits changed while the sandbox runs",
                            "9:3 run_as_user changed while the sandbox runs",
                            "10:3 run_as_group changed while the sandbox runs");
            assertThat(changes("version: 1\n").getFirst())
                    .hasToString(
                            "p.yaml:1:1: read_only changed while the sandbox runs\nhint: restart the sandbox");
        }

        private static List<Problem> changes(String text) {
            return PolicyFile.staticChanges(
                    "p.yaml",
                    text.getBytes(StandardCharsets.UTF_8),
                    Corpus.valid(text).policy(),
                    confinement(BEFORE));
        }
    }

    private static Confinement confinement(String text) {
        return Corpus.valid(text).policy().confinement();
    }
}
