package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of socket: those of the sandbox work as on any machine, none leads out.
@Timeout(120)
class SocketsIT {
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

    private static Scene scene(Caller caller) {
        return upstream.reachedBy(Scene.in(shared, caller), "api.test")
                .policy(
                        """
                        version: 1
                        network_policies:
                          api: {endpoints: [{host: api.test, ports: [80, 443]}], binaries: any}
                        """);
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void nothingButTcpLeavesASocket(Caller caller) {
        var ended = scene(caller).python("no_way_out.py");

        assertThat(ended.status()).as("%s", ended).isZero();
        assertThat(ended.out().lines())
                .as("%s", ended)
                .hasSizeGreaterThan(15)
                .allMatch(line -> line.contains(": refused"));
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void itsOwnLoopbackWorksAndTheHostsIsNotThere(Caller caller) throws IOException {
        try (var canary = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            var ended =
                    scene(caller).python("loopback.py", Integer.toString(canary.getLocalPort()));

            assertThat(ended.out().lines())
                    .as("%s", ended)
                    .containsExactly(
                            "127.0.0.1: own server answers",
                            "localhost: own server answers",
                            "::1: own server answers",
                            "host: ECONNREFUSED",
                            "blocking: 200",
                            "selectors: 200",
                            "epoll: 200");
            assertNobodyCame(canary);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void anAddressRewrittenDuringTheConnectLeadsNowhereElse(Caller caller) throws IOException {
        try (var canary = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            var ended =
                    scene(caller)
                            .python(
                                    "rewriting.py",
                                    Integer.toString(canary.getLocalPort()),
                                    "3000");

            assertThat(ended.out()).as("%s", ended).contains("rounds: 3000");
            assertThat(ended.out()).containsPattern("connected: [1-9]");
            assertThat(ended.out()).containsPattern("refused: [1-9]");
            assertNobodyCame(canary);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void unixSocketsReachServersOfTheSandboxAlone(Caller caller) throws IOException {
        var scene = scene(caller);
        var hosts = scene.workdir().resolve("hosts.socket");
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var abstracted =
                        Held.start(
                                List.of("/usr/bin/python3", "-c", Scene.resource("abstract.py")),
                                Map.of())) {
            listener.bind(UnixDomainSocketAddress.of(hosts));
            listener.configureBlocking(false);
            Files.setPosixFilePermissions(hosts, PosixFilePermissions.fromString("rwxrwxrwx"));
            var name = abstracted.says("\n").said().strip();

            var ended = scene.python("unix.py", hosts.toString(), name);

            assertThat(ended.out().lines())
                    .as("%s", ended)
                    .containsExactly(
                            "own: same user",
                            "own relative: same user",
                            "own abstract: same user",
                            "pair: works",
                            "host's: EACCES",
                            "host's by a link: EACCES",
                            "host's abstract: ECONNREFUSED",
                            "missing: ENOENT",
                            "datagram: refused");
            assertThat(listener.accept()).isNull();
            assertThat(abstracted.said()).doesNotContain("somebody");
            assertThat(scene.records("kind", "process", "verdict", "deny"))
                    .isNotEmpty()
                    .anyMatch(record -> record.json().contains("hosts.socket"));
        }
    }

    private static void assertNobodyCame(ServerSocket canary) throws IOException {
        canary.setSoTimeout(1);
        try (var somebody = canary.accept()) {
            throw new AssertionError("somebody came from " + somebody.getPort());
        } catch (SocketTimeoutException _) {
            return; // nobody is in the queue
        }
    }
}
