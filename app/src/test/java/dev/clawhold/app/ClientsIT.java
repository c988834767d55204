package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Unmodified programs, told nothing of a proxy, do what the policy allows and read why they may
/// not do the rest; with the same command line for root and for an ordinary user.
@Timeout(120)
class ClientsIT {
    @TempDir static Path shared;

    private static Upstream upstream;

    @BeforeAll
    static void startUpstream() {
        upstream = Upstream.start(shared);
        for (var repository : Repositories.all(shared).entrySet()) {
            upstream.serve(repository.getKey(), repository.getValue());
        }
    }

    @AfterAll
    static void stopUpstream() {
        upstream.close();
    }

    /// A client: the path that the policy lists, what it runs, and what stands in its output after
    /// the allowed request and after the denied one.
    enum Client {
        CURL(
                "/usr/bin/curl",
                "curl -sS -m 20 https://api.test/ok; curl -sS -m 20 https://other.test/no",
                "hello from upstream /ok",
                "\"reason\":\"host_not_listed\""),
        CURL_IN_CLEAR(
                "/usr/bin/curl",
                "curl -sS -m 20 http://api.test/ok; curl -sS -m 20 http://other.test/no",
                "hello from upstream /ok",
                "\"reason\":\"host_not_listed\""),
        CURL_OVER_IPV6(
                "/usr/bin/curl",
                "curl -6 -sS -m 20 https://api.test/ok; curl -6 -sS -m 20 https://other.test/no",
                "hello from upstream /ok",
                "\"reason\":\"host_not_listed\""),
        WGET(
                "/usr/bin/wget",
                "wget -T 20 -t 1 -qO- https://api.test/ok;"
                        + " wget -T 20 -t 1 -qO- --content-on-error https://other.test/no",
                "hello from upstream /ok",
                "\"reason\":\"host_not_listed\""),
        GIT(
                "/usr/bin/git",
                "git clone -q https://api.test/git/repo.git got && cat got/read.me;"
                        + " git clone https://other.test/no.git got2",
                "a file from the repository",
                "403"),
        URLLIB(
                "/usr/bin/python3",
                "exec /usr/bin/python3 urllib_client.py https://api.test/ok https://other.test/no",
                "hello from upstream /ok",
                "403 {\"error\":\"policy_denied\""),
        ASYNCIO(
                "/usr/bin/python3",
                "exec /usr/bin/python3 asyncio_client.py api.test/ok other.test/no",
                "hello from upstream /ok",
                "\"reason\":\"host_not_listed\""),
        NODE(
                "/usr/bin/node",
                "for u in https://api.test/ok https://other.test/no; do node -e"
                        + " \"fetch('$u').then(r=>r.text()).then(console.log,console.error)\"; done",
                "hello from upstream /ok",
                "\"reason\":\"host_not_listed\""),
        NPM(
                "/usr/bin/node",
                "npm install --no-audit --no-fund --registry https://api.test/npm/ tiny"
                        + " && node -e 'console.log(require(\"tiny\"))';"
                        + " npm view --fetch-retries 0 --registry https://other.test/no/ tiny",
                "a value from the package",
                "403 Forbidden"),
        JAVA(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "exec "
                        + System.getProperty("java.home")
                        + "/bin/java -XX:TieredStopAtLevel=1 Client.java"
                        + " https://api.test/ok https://other.test/no",
                "200 hello from upstream /ok",
                "403 {\"error\":\"policy_denied\""),
        APT("/usr/bin/apt-get", Scene.resource("apt_client.sh"), "a file from the archive", "403");

        private final String binary;
        private final String script;
        private final String shown;
        private final String refused;

        Client(String binary, String script, String shown, String refused) {
            this.binary = binary;
            this.script = script;
            this.shown = shown;
            this.refused = refused;
        }
    }

    static Stream<Arguments> clientsOfCallers() {
        return Caller.present()
                .flatMap(caller -> Stream.of(Client.values()).map(c -> Arguments.of(c, caller)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("clientsOfCallers")
    void aProgramDoesWhatIsAllowedAndReadsWhyNotTheRest(Client client, Caller caller)
            throws IOException {
        var scene = upstream.reachedBy(Scene.in(shared, caller), "api.test", "other.test");
        scene.write("urllib_client.py", Scene.resource("urllib_client.py"));
        scene.write("asyncio_client.py", Scene.resource("asyncio_client.py"));
        scene.write("Client.java", Scene.resource("Client.java.txt"));
        scene.policy(
                """
                version: 1
                network_policies:
                  clients:
                    endpoints: [{host: api.test, ports: [80, 443]}]
                    binaries: [%s]
                """
                        .formatted(client.binary));

        var ended = scene.sh(client.script);

        assertThat(ended.out()).as("%s", ended).contains(client.shown);
        assertThat(ended.all()).contains(client.refused);
        assertThat(upstream.requests("/no")).as("denied requests at the far end").isZero();
        itIsOnRecord(scene, client);
    }

    private static void itIsOnRecord(Scene scene, Client client) throws IOException {
        var listed = Path.of(client.binary).toRealPath().toString();
        var allowed = scene.records("kind", "egress", "host", "api.test", "verdict", "allow");
        assertThat(allowed).isNotEmpty();
        assertThat(allowed.getFirst().field("reason")).contains("rule");
        assertThat(allowed.getFirst().field("rule")).contains("clients");
        assertThat(allowed.getFirst().json()).contains("\"path\":\"" + listed + "\"");

        var denied = scene.records("kind", "egress", "host", "other.test").getFirst();
        assertThat(denied.field("verdict")).contains("deny");
        assertThat(denied.field("reason")).contains("host_not_listed");
        var program = Path.of(denied.field("binary.path").orElseThrow());
        assertThat(denied.field("binary.sha256"))
                .contains(
                        HexFormat.of()
                                .formatHex(Upstream.sha256().digest(Files.readAllBytes(program))));
        assertThat(scene.clawhold("audit", "verify", scene.auditFile().toString()).status())
                .isZero();
    }
}
