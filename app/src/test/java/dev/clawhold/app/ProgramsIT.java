package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A rule for one program is for that program alone, whatever others call themselves.
@Timeout(120)
class ProgramsIT {
    @TempDir static Path shared;

    private static Upstream upstream;

    @BeforeAll
    static void startUpstream() {
        upstream = Upstream.start(shared);
    }

    @AfterAll
    static void stopUpstream() {
        upstream.close();
    }

    @Test
    void aRuleForCurlIsNotForItsCopiesNorForOtherPrograms() {
        var scene = allowing("/usr/bin/curl");
        scene.write("urllib_client.py", Scene.resource("urllib_client.py"));

        var ended = scene.sh(Scene.resource("impostors.sh"));

        assertThat(ended.out())
                .as("%s", ended)
                .contains("itself: hello from upstream /ok/itself")
                .contains("by a symbolic link: hello from upstream /ok/link")
                .contains("no hard link to a program of the system")
                .contains("no rename of a program of the system");
        for (var impostor :
                new String[] {
                    "python", "copy", "linked", "renamed", "named", "loader", "memory", "mounted"
                }) {
            assertThat(ended.out())
                    .as("%s", ended)
                    .containsPattern(
                            "(?m)^" + impostor + ": .*\"reason\":\"binary_(not_listed|unknown)\"");
        }
        assertThat(upstream.requests("/no")).isZero();
        assertThat(scene.records("kind", "egress", "reason", "binary_not_listed"))
                .anyMatch(record -> record.json().contains(scene.workdir() + "/renamed"))
                .anyMatch(record -> record.json().contains("python3"));
        scene.auditIsIntact();
    }

    @Test
    void aRuleForAShellIsForWhatTheShellStarts() {
        var scene = allowing("/bin/sh");

        var ended = scene.sh("curl -sS -m 20 https://api.test/ok/child; :");

        assertThat(ended.out()).contains("hello from upstream /ok/child");
        assertThat(scene.records("kind", "egress", "verdict", "allow").getFirst().json())
                .contains("\"path\":\"/usr/bin/curl\"")
                .contains("\"ancestors\":[{\"path\":\"/usr/bin/dash\"");
    }

    @Test
    void aRuleWithoutDescendantsIsForTheProgramAlone() {
        var scene = allowing("{path: /bin/sh, descendants: false}");

        var ended = scene.sh("curl -sS -m 20 https://api.test/no/child; :");

        assertThat(ended.out()).contains("\"reason\":\"binary_not_listed\"");
        assertThat(upstream.requests("/no/child")).isZero();
    }

    private static Scene allowing(String binary) {
        return upstream.reachedBy(Scene.in(shared), "api.test")
                .policy(
                        """
                        version: 1
                        network_policies:
                          one:
                            endpoints: [{host: api.test, ports: [80, 443]}]
                            binaries: [%s]
                        """
                                .formatted(binary));
    }
}
