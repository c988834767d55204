package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What an allowed program may still not do: ask for another host in an allowed connection, reach
/// addresses that nobody named, find out anything by DNS.
@Timeout(120)
class GuardsIT {
    private static final String POLICY =
            """
            version: 1
            network_policies:
              api: {endpoints: [{host: api.test, ports: [25, 80, 443]}], binaries: any}
              wild: {endpoints: [{host: "*.wild.test", ports: [80, 443]}], binaries: any}
              real: {endpoints: [{host: real.test, port: 443}], binaries: any}
            """;

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
    void eachWayRoundTheNameIsDeniedWithItsReason() {
        var scene = upstream.reachedBy(Scene.in(shared), "api.test", "other.test").policy(POLICY);
        var names =
                scene.write(
                        scene.root().resolve("names"),
                        """
                        10.1.2.3 a.wild.test.
                        127.0.0.1 b.wild.test.
                        169.254.169.254 c.wild.test.
                        """);
        scene.jvm("-Djdk.net.hosts.file=" + names);

        var ended =
                scene.sh(
                        """
                        alias get='curl -sS -m 20'
                        get --connect-to other.test:443:api.test:443 https://other.test/no
                        get -H 'Host: other.test' http://api.test/no
                        get http://169.254.169.254/no
                        get http://[fd00:ec2::254]/no
                        get -k https://93.184.216.34/no
                        get http://a.wild.test/no
                        get http://b.wild.test/no
                        get http://c.wild.test/no
                        get http://127.0.0.1:%d/no || echo refused
                        """
                                .formatted(upstream.port()));

        assertThat(ended.out().lines().map(GuardsIT::reason))
                .as("%s", ended)
                .containsExactly(
                        "sni_mismatch",
                        "host_header_mismatch",
                        "address_never",
                        "address_never",
                        "host_not_listed",
                        "address_private",
                        "address_never",
                        "address_never",
                        "refused");
        assertThat(upstream.requests("/")).isZero();
        assertThat(scene.records("reason", "sni_mismatch").getFirst().json())
                .contains("other.test");
        assertThat(scene.records("reason", "address_private").getFirst().field("host"))
                .contains("a.wild.test");
        scene.auditIsIntact();
    }

    private static String reason(String line) {
        int at = line.indexOf("\"reason\":\"");
        return at < 0 ? line : line.substring(at + 10, line.indexOf('"', at + 10));
    }

    @Test
    void aDeniedConnectThatIsNoWebTrafficFailsAsTheSystemSays() {
        var scene = upstream.reachedBy(Scene.in(shared), "api.test").policy(POLICY);

        var ended =
                scene.run(
                        "/usr/bin/python3",
                        "-c",
                        """
                        import errno, socket
                        for target in [("api.test", 22), ("other.test", 25), ("1.2.3.4", 6379)]:
                            try:
                                socket.create_connection(target, timeout=20)
                            except OSError as error:
                                print(errno.errorcode[error.errno])
                        """);

        assertThat(ended.out()).as("%s", ended).isEqualTo("EACCES\n".repeat(3));
        assertThat(scene.records("kind", "egress", "reason", "port_not_listed")).isNotEmpty();
        assertThat(scene.records("kind", "egress", "reason", "host_not_listed"))
                .extracting(record -> record.field("host").orElse(""))
                .contains("other.test", "1.2.3.4");
    }

    static boolean asRoot() {
        return Caller.first() == Caller.ROOT;
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void namesHaveMadeUpAddressesAndNobodyIsAsked(Caller caller) {
        var scene = Scene.in(shared, caller).policy(POLICY);
        var outer = List.of("/usr/bin/python3", "-c", Scene.resource("name_server.py"));
        var alone = asRoot() ? List.of("unshare", "-n", "-m") : List.of("unshare", "-rnm");

        var line =
                Stream.of(alone, outer, scene.commandLine(probe())).flatMap(List::stream).toList();
        var home = scene.root().resolve("home").toString();
        try (var held = Held.start(line, Map.of("PATH", "/usr/bin:/bin:/usr/sbin", "HOME", home))) {
            var ended = held.hearEnd().finish();

            assertThat(ended.out().lines())
                    .as("%s", ended)
                    .contains("made up: 50", "nothing: MX", "asked: real.test")
                    .filteredOn(said -> said.startsWith("asked: "))
                    .containsOnly("asked: real.test");
            assertThat(ended.err()).as("on a machine without a network").isEmpty();
        }
    }

    private static String[] probe() {
        return Scene.pythonCommand("names.py");
    }
}
