package dev.clawhold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.audit.Event;
import dev.clawhold.audit.FileAuditLog;
import dev.clawhold.cli.CommandLines.Result;
import dev.clawhold.policy.Decision;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandsTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));
    private static final Program CURL =
            new Program.Known(new Executable("/usr/bin/curl", "c".repeat(64), false), List.of(), 7);

    private final CommandLines clawhold = new CommandLines();
    @TempDir private Path directory;
    private Path file;

    @BeforeEach
    void place() {
        file = directory.resolve("audit.jsonl");
    }

    @Test
    void anIntactLogIsCountedAndItsHeadNamed() throws IOException {
        record(allowed("a.example"), allowed("b.example"));
        var text = Files.readString(file);
        var head = text.substring(text.length() - 67, text.length() - 3);

        assertThat(verify()).isEqualTo(new Result(0, "intact: 2 records, head " + head + "\n", ""));
        assertThat(verify("--json"))
                .isEqualTo(
                        new Result(
                                0,
                                "{\"intact\":true,\"records\":2,\"head\":\"" + head + "\"}\n",
                                ""));
    }

    @Test
    void aBrokenLogsFirstBadRecordIsNamed() throws IOException {
        record(allowed("a.example"), allowed("b.example"), allowed("c.example"));
        Files.writeString(file, Files.readString(file).replace("b.example", "x.example"));
        var message =
                "clawhold: audit log `%s` is broken: record 2: its content does not match its hash\n"
                        .formatted(file);

        assertThat(verify()).isEqualTo(new Result(1, "", message));
        assertThat(verify("--json"))
                .isEqualTo(
                        new Result(
                                1,
                                "{\"intact\":false,\"record\":2,"
                                        + "\"cause\":\"its content does not match its hash\"}\n",
                                message));
        assertThat(show().status()).isEqualTo(1);
        assertThat(show().err()).isEqualTo(message);
        assertThat(show().out().lines()).hasSize(3);
    }

    @Test
    void aLogThatCannotBeReadIsBadInput() {
        var message =
                "clawhold: cannot read the audit log `%s`: no such file or directory\n"
                        .formatted(file);

        assertThat(verify()).isEqualTo(new Result(2, "", message));
        assertThat(show()).isEqualTo(new Result(2, "", message));
    }

    @Test
    void aLineThatIsNoRecordEndsTheListing() throws IOException {
        record(allowed("a.example"));
        Files.writeString(file, Files.readString(file) + "nonsense\n");

        assertThat(show().out().lines()).hasSize(1);
        assertThat(show().err())
                .isEqualTo(
                        "clawhold: audit log `%s` is broken: record 2: it is not a record\n"
                                .formatted(file));
    }

    @Test
    void connectionsAreShownInColumns() {
        record(
                allowed("api.github.com"),
                new Event.Egress(
                        decision(
                                "evil.example",
                                new Verdict.Deny(Reason.of(ReasonCode.HOST_NOT_LISTED)))));

        assertThat(show())
                .isEqualTo(
                        new Result(
                                0,
                                """
                                2026-11-20T12:00:00.000000Z  egress     allow  rule                \
                                /usr/bin/curl         api.github.com:443              web
                                2026-11-20T12:00:00.000000Z  egress     deny   host_not_listed     \
                                /usr/bin/curl         evil.example:443                -
                                """,
                                ""));
    }

    @Test
    void everyKindSaysWhatItWasAbout() {
        var deny = new Verdict.Deny(Reason.of(ReasonCode.SNI_MISMATCH));
        record(
                new Event.Misnamed(decision("a.example", deny), "b.example"),
                new Event.Http(decision("a.example", deny), "GET", "/v1/x"),
                new Event.Refusal(CURL, "connect", "/run/x.sock", ReasonCode.HOST_NOT_LISTED),
                new Event.PolicyChange("p.yaml", 2, List.of()),
                new Event.PolicyChange("p.yaml", 3, List.of("p.yaml:1:1: bad")),
                new Event.Lifecycle("ended", Map.of("status", "0"), Optional.of("killed")));

        assertThat(show().out())
                .contains(
                        "a.example:443 presented b.example",
                        "GET a.example:443/v1/x",
                        "connect /run/x.sock",
                        "applied p.yaml as revision 2",
                        "rejected p.yaml as revision 3 0=p.yaml:1:1: bad",
                        "ended status=0: killed");
    }

    @Test
    void whatAWorkloadChoseCannotSteerTheTerminal() {
        var nasty = "\u001b[2K\u202e\n";
        record(
                new Event.Refusal(CURL, "connect", nasty, ReasonCode.HOST_NOT_LISTED),
                new Event.Lifecycle("x", Map.of(nasty, nasty), Optional.of(nasty)));

        assertThat(show().out())
                .doesNotContain("\u001b", "\u202e")
                .contains("connect \\u{1b}[2K\\u{202e}\\u{a}");
        assertThat(show().out().lines()).hasSize(2);
        assertThat(show("--json").out()).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void scriptsGetTheRecordsAsTheyAre() throws IOException {
        record(allowed("a.example"), allowed("b.example"));

        assertThat(show("--json")).isEqualTo(new Result(0, Files.readString(file), ""));
    }

    @Test
    void aForgedLinesRawBytesAreEscapedForScriptsToo() throws IOException {
        Files.writeString(file, "{\"kind\":\t\"x\u009b2J\u202eé\"}\n");

        assertThat(show("--json").out()).isEqualTo("{\"kind\": \"x\\u009b2J\\u202e\\u00e9\"}\n");
    }

    private Result verify(String... options) {
        return run("verify", options);
    }

    private Result show(String... options) {
        return run("show", options);
    }

    private Result run(String command, String... options) {
        var option = options.length == 0 ? file.toString() : options[0];
        return options.length == 0
                ? clawhold.run("audit", command, option)
                : clawhold.run("audit", command, option, file.toString());
    }

    private void record(Event... events) {
        try (var log = FileAuditLog.open(file, "box", CLOCK, false)) {
            List.of(events).forEach(log::record);
        }
    }

    private static Event.Egress allowed(String host) {
        return new Event.Egress(decision(host, new Verdict.Allow(new RuleId("web"))));
    }

    private static Decision decision(String host, Verdict verdict) {
        return new Decision(new EgressRequest(new Host.Name(host), 443, CURL), verdict, 1);
    }
}
