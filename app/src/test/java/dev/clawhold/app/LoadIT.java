package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Much at once arrives whole.
@Timeout(120)
class LoadIT {
    private static final long SIZE = 200_000_000;

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

    private static Scene scene() {
        return upstream.reachedBy(Scene.in(shared), "api.test")
                .policy(
                        """
                        version: 1
                        network_policies:
                          api: {endpoints: [{host: api.test, ports: [80, 443]}], binaries: any}
                        """);
    }

    @Test
    void twoHundredConnectionsAtOnceAreServed() {
        var scene = scene();

        var ended = scene.python("many.py", "200");

        assertThat(ended.out()).as("%s", ended).contains("open at once: 200", "answered: 200");
        assertThat(upstream.requests("/many/")).isEqualTo(200);
        assertThat(scene.records("kind", "egress", "verdict", "allow")).hasSize(200);
        scene.auditIsIntact();
    }

    @Test
    void largeTransfersBothWaysAtOnceAreWhole() throws IOException {
        var scene = scene();
        var hash = write(scene);

        var ended =
                scene.sh(
                        """
                        curl -sS -m 60 https://api.test/bytes/%d | sha256sum >down &
                        curl -sS -m 60 -T data https://api.test/upload >up
                        wait
                        cat down up
                        """
                                .formatted(SIZE));

        assertThat(ended.out().lines())
                .as("%s", ended)
                .containsExactly(hash + "  -", SIZE + " " + hash);
    }

    private static String write(Scene scene) throws IOException {
        var digest = Upstream.sha256();
        var file = scene.workdir().resolve("data");
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            Upstream.blocks(
                    SIZE,
                    block -> {
                        digest.update(block);
                        out.write(block);
                    });
        }
        scene.caller().own(file);
        return HexFormat.of().formatHex(digest.digest());
    }
}
