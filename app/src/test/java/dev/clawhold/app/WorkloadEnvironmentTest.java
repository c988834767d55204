package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadEnvironmentTest {
    private static final Trust TRUST = new Trust("/run/clawhold/ca-bundle.pem", List.of());

    @Test
    void nothingOfTheOperatorsIsInIt() {
        var environment =
                of(
                        Map.of(
                                "AWS_SECRET_ACCESS_KEY", "s",
                                "PATH", "/home/o/bin",
                                "HOME", "/home/o",
                                "LD_PRELOAD", "/x.so",
                                "SSH_AUTH_SOCK", "/x",
                                "https_proxy", "http://x"),
                        Map.of());

        assertThat(environment)
                .doesNotContainKeys(
                        "AWS_SECRET_ACCESS_KEY", "LD_PRELOAD", "SSH_AUTH_SOCK", "https_proxy")
                .containsEntry("HOME", "/sandbox")
                .containsEntry(
                        "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }

    @Test
    void theTerminalIsTheOperators() {
        assertThat(of(Map.of("TERM", "xterm", "COLORTERM", "truecolor"), Map.of()))
                .containsEntry("TERM", "xterm")
                .containsEntry("COLORTERM", "truecolor");
        assertThat(of(Map.of(), Map.of()))
                .containsEntry("TERM", "dumb")
                .doesNotContainKey("COLORTERM");
    }

    @Test
    void everyFamilyOfProgramsFindsTheCertificates() {
        assertThat(of(Map.of(), Map.of()))
                .containsEntry("SSL_CERT_FILE", TRUST.bundle())
                .containsEntry("CURL_CA_BUNDLE", TRUST.bundle())
                .containsEntry("REQUESTS_CA_BUNDLE", TRUST.bundle())
                .containsEntry("NODE_EXTRA_CA_CERTS", TRUST.bundle())
                .containsEntry("GIT_SSL_CAINFO", TRUST.bundle())
                .containsEntry("npm_config_cafile", TRUST.bundle());
    }

    @Test
    void whatTheOperatorGivesComesBeforeTheRest() {
        assertThat(of(Map.of("TERM", "xterm"), Map.of("TERM", "vt100", "HOME", "/w", "A", "")))
                .containsEntry("TERM", "vt100")
                .containsEntry("HOME", "/w")
                .containsEntry("A", "");
    }

    private static Map<String, String> of(Map<String, String> own, Map<String, String> given) {
        var home = Path.of("/home/o");
        return WorkloadEnvironment.of(new Operator(home, home, home, own), TRUST, given);
    }
}
