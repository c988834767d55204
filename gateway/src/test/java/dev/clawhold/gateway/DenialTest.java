package dev.clawhold.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenialTest {
    private static final Denial DENIAL =
            Denial.of(asked("/usr/bin/curl"), ReasonCode.HOST_NOT_LISTED, "list the host");

    @Test
    void aDenialOfARequestSaysAllThatIsKnown() {
        assertThat(DENIAL.about("GET", "/v1/a").body())
                .isEqualTo(
                        """
                        {"error":"policy_denied","host":"api.example.com","port":443,\
                        "method":"GET","path":"/v1/a","binary":"/usr/bin/curl",\
                        "reason":"host_not_listed","hint":"list the host"}
                        """);
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        var asked = new EgressRequest(host(), 443, new Program.Unknown("it is gone", 7));

        assertThat(Denial.of(asked, ReasonCode.BINARY_UNKNOWN, "try again").body())
                .isEqualTo(
                        """
                        {"error":"policy_denied","host":"api.example.com","port":443,\
                        "reason":"binary_unknown","hint":"try again"}
                        """);
    }

    @Test
    void aQueryIsNeverShown() {
        assertThat(DENIAL.about("GET", "/a?token=secret").path()).isEqualTo("/a");
    }

    @Test
    void noPathOrProgramCanLeaveItsStringOrActOnATerminal() {
        var denial =
                Denial.of(
                        asked("/tmp/\"\\\u001b[2K\r\n\u009b\u0456\ud83d"),
                        ReasonCode.BINARY_NOT_LISTED,
                        "x");

        assertThat(denial.body())
                .contains(
                        "\"binary\":\"/tmp/\\\"\\\\\\u001b[2K\\u000d\\u000a\\u009b\\u0456\\ud83d\"");
    }

    @Test
    void theResponseIsWholeAndEndsTheConnection() {
        var denial = DENIAL.about("GET", "/v1/a");
        var response = new String(denial.response(), US_ASCII);

        assertThat(response)
                .startsWith("HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\n")
                .contains("\r\ncontent-length: " + denial.body().length() + "\r\n")
                .contains("\r\nconnection: close\r\n")
                .endsWith("\r\n\r\n" + denial.body());
    }

    @Test
    void aHeadRequestGetsNoBody() {
        assertThat(new String(DENIAL.about("HEAD", "/").response(), US_ASCII))
                .contains("content-length: 1")
                .endsWith("\r\n\r\n");
    }

    @Test
    void theStatusSaysWhoIsAtFault() {
        var asked = asked("/bin/x");

        assertThat(DENIAL.status()).isEqualTo(403);
        assertThat(Denial.of(asked, ReasonCode.HOST_MALFORMED, "x").status()).isEqualTo(400);
        assertThat(Denial.of(asked, ReasonCode.REQUEST_MALFORMED, "x").status()).isEqualTo(400);
        assertThat(Denial.of(asked, ReasonCode.DNS_FAILED, "x").status()).isEqualTo(502);
        assertThat(new String(Denial.unreachable(asked, "x").response(), US_ASCII))
                .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                .contains("\"reason\":\"upstream_unreachable\"");
    }

    private static EgressRequest asked(String path) {
        var executable = new Executable(path, "0".repeat(64), false);
        return new EgressRequest(host(), 443, new Program.Known(executable, List.of(), 7));
    }

    private static Host host() {
        return new Host.Name("api.example.com");
    }
}
