package dev.clawhold.audit;

import static dev.clawhold.audit.Events.decision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.Decision;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Program;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordFormatTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-20T07:08:09.000123456Z"));
    private static final Verdict ALLOW = new Verdict.Allow(new RuleId("web"));
    private static final String CURL_JSON =
            "\"binary\":{\"path\":\"/usr/bin/curl\",\"sha256\":\""
                    + "c".repeat(64)
                    + "\",\"pid\":4711,\"ancestors\":[{\"path\":\"/bin/sh\",\"sha256\":\""
                    + "5".repeat(64)
                    + "\"}]}";

    @Test
    void aRecordBeginsWithItsPlaceAndEndsWithItsHash() {
        assertThat(line(new Event.Egress(decision("a.example", ALLOW))))
                .startsWith(
                        "{\"seq\":1,\"time\":\"2026-11-20T07:08:09.000123Z\",\"prev\":\""
                                + "0".repeat(64)
                                + "\",\"sandbox\":\"box\",\"kind\":\"egress\",")
                .matches("(?s).*,\"hash\":\"[0-9a-f]{64}\"}\n");
    }

    @Test
    void theHashIsThatOfTheBytesBeforeIt() {
        var line = line(new Event.Egress(decision("a.example", ALLOW)));
        int end = line.indexOf(",\"hash\"");
        var hash = Chain.sha256().digest(line.substring(0, end).getBytes(StandardCharsets.UTF_8));

        assertThat(line.substring(end))
                .isEqualTo(",\"hash\":\"" + HexFormat.of().formatHex(hash) + "\"}\n");
    }

    @Test
    void anAllowedConnectionNamesItsRule() {
        assertThat(what(new Event.Egress(decision("a.example", ALLOW))))
                .isEqualTo(
                        "\"kind\":\"egress\",\"verdict\":\"allow\",\"reason\":\"rule\","
                                + CURL_JSON
                                + ",\"host\":\"a.example\",\"port\":443,\"rule\":\"web\","
                                + "\"revision\":3");
    }

    @Test
    void aQuestionNamesItsRule() {
        assertThat(what(new Event.Egress(decision("a.example", new Verdict.Ask(new RuleId("q"))))))
                .contains("\"verdict\":\"ask\",\"reason\":\"ask_rule\"", "\"rule\":\"q\"");
    }

    @Test
    void aDenialNamesItsReasonAndItsRuleWhereOneDecided() {
        var byRule = Reason.of(ReasonCode.DENIED_BY_RULE, new RuleId("no"));

        assertThat(what(new Event.Egress(decision("a.example", new Verdict.Deny(byRule)))))
                .contains("\"verdict\":\"deny\",\"reason\":\"denied_by_rule\"", "\"rule\":\"no\"");
        assertThat(what(Events.denied("a.example")))
                .contains("\"verdict\":\"deny\",\"reason\":\"host_not_listed\"")
                .doesNotContain("\"rule\"");
    }

    @Test
    void aProgramThatNobodyKnowsSaysWhy() {
        var request =
                new EgressRequest(
                        new Host.Name("a.example"), 80, new Program.Unknown("it has ended", 7));

        assertThat(what(new Event.Egress(new Decision(request, ALLOW, 1))))
                .contains("\"binary\":{\"unknown\":\"it has ended\",\"pid\":7}");
    }

    @Test
    void aRequestIsRecordedWithoutItsQuery() {
        var request = new Event.Http(decision("a.example", ALLOW), "GET", "/v1/x?token=secret");

        assertThat(what(request))
                .contains("\"kind\":\"http\"", "\"method\":\"GET\",\"path\":\"/v1/x\",\"rule\"")
                .doesNotContain("secret");
    }

    @Test
    void aMisnamedConnectionBearsBothNames() {
        var verdict = new Verdict.Deny(Reason.of(ReasonCode.SNI_MISMATCH));

        assertThat(what(new Event.Misnamed(decision("a.example", verdict), "b.example")))
                .contains("\"host\":\"a.example\"")
                .endsWith(",\"presented\":\"b.example\"");
    }

    @Test
    void aRefusedCallIsRecordedWithItsObject() {
        assertThat(
                        what(
                                new Event.Refusal(
                                        Events.CURL,
                                        "connect",
                                        "/run/docker.sock",
                                        ReasonCode.HOST_NOT_LISTED)))
                .isEqualTo(
                        "\"kind\":\"process\",\"verdict\":\"deny\",\"reason\":\"host_not_listed\","
                                + CURL_JSON
                                + ",\"call\":\"connect\",\"object\":\"/run/docker.sock\"");
    }

    @Test
    void aPolicyThatCameIntoForceAndOneThatWasRejectedDiffer() {
        assertThat(what(new Event.PolicyChange("p.yaml", 2, List.of())))
                .isEqualTo(
                        "\"kind\":\"policy\",\"revision\":2,\"what\":\"applied\","
                                + "\"file\":\"p.yaml\"");
        assertThat(what(new Event.PolicyChange("p.yaml", 2, List.of("one", "two"))))
                .isEqualTo(
                        "\"kind\":\"policy\",\"revision\":2,\"what\":\"rejected\","
                                + "\"file\":\"p.yaml\",\"problems\":[\"one\",\"two\"]");
    }

    @Test
    void aLifecycleRecordKeepsItsDetailsInOrder() {
        var details = new LinkedHashMap<String, String>();
        details.put("z", "1");
        details.put("a", "2");

        assertThat(what(new Event.Lifecycle("ended", details, Optional.of("killed"))))
                .isEqualTo(
                        "\"kind\":\"lifecycle\",\"what\":\"ended\","
                                + "\"details\":{\"z\":\"1\",\"a\":\"2\"},\"cause\":\"killed\"");
    }

    @Test
    void whateverAWorkloadNamesTheRecordIsOneLineOfAscii() {
        var nasty = "\"\\\n\r\t\0\u001b[2K\u007f\u009b\u202e\u0456😀\ud800";

        assertThat(what(new Event.Lifecycle(nasty, Map.of(), Optional.empty())))
                .isEqualTo(
                        "\"kind\":\"lifecycle\",\"what\":\"\\\"\\\\\\u000a\\u000d\\u0009\\u0000"
                                + "\\u001b[2K\\u007f\\u009b\\u202e\\u0456\\ud83d\\ude00\\ufffd\"");
    }

    @Test
    void longTextIsCutAndSaysSo() {
        var path = "/" + "x".repeat(70_000);

        assertThat(what(new Event.Http(decision("a.example", ALLOW), "GET", path)))
                .contains("x[+65905 characters]\"")
                .hasSizeLessThan(5_000);
    }

    @Test
    void timesKeepTheirDigitsFromOneSecondToTheNext() {
        var out = new JsonBytes();
        var timestamp = new Chain.Timestamp();
        timestamp.append(Instant.parse("2026-12-31T23:59:59.999999999Z"), out);
        timestamp.append(Instant.parse("2027-01-01T00:00:00Z"), out);
        timestamp.append(Instant.parse("2027-01-01T00:00:00.05Z"), out);

        assertThat(text(out))
                .isEqualTo(
                        "\"2026-12-31T23:59:59.999999Z\"\"2027-01-01T00:00:00.000000Z\""
                                + "\"2027-01-01T00:00:00.050000Z\"");
    }

    private static String line(Event event) {
        var out = new JsonBytes();
        new Chain(Head.NONE, "box", CLOCK).append(event, out);
        return text(out);
    }

    /// What stands between the sandbox and the hash.
    private static String what(Event event) {
        var line = line(event);
        return line.substring(line.indexOf("\"kind\""), line.indexOf(",\"hash\""));
    }

    private static String text(JsonBytes bytes) {
        return new String(bytes.array(), 0, bytes.length(), StandardCharsets.US_ASCII);
    }
}
