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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyLearnCommandTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));
    private static final Executable CURL = new Executable("/usr/bin/curl", "c".repeat(64), false);
    private static final Program BY_CURL =
            new Program.Known(CURL, List.of(new Executable("/bin/sh", "d".repeat(64), false)), 7);

    private final CommandLines clawhold = new CommandLines();
    @TempDir private Path directory;
    private Path log;

    @BeforeEach
    void place() {
        log = directory.resolve("audit.jsonl");
    }

    @Test
    void aLogBecomesAPolicy() throws IOException {
        record(
                "box",
                denied(BY_CURL, "a.example", ReasonCode.HOST_NOT_LISTED),
                denied(BY_CURL, "b.example", ReasonCode.DENIED_BY_RULE),
                new Event.Http(
                        decision(
                                BY_CURL,
                                "c.example",
                                new Verdict.Deny(Reason.of(ReasonCode.REQUEST_NOT_LISTED))),
                        "GET",
                        "/v1/x?token=1"),
                denied(new Program.Unknown("gone", 7), "d.example", ReasonCode.BINARY_UNKNOWN),
                new Event.Lifecycle("ended", Map.of(), Optional.empty()));

        var result = learn();

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains(
                        "learned_curl_a_example:",
                        "learned_curl_c_example:",
                        "method: GET\n              path: '/v1/x'\n",
                        "# - /usr/bin/curl to b.example:443\n",
                        "# - unknown program (gone) to d.example:443\n")
                .doesNotContain("token");
        var learned = Files.writeString(directory.resolve("learned.yaml"), result.out());
        assertThat(clawhold.run("policy", "check", learned.toString()).status()).isZero();
    }

    @Test
    void aBaseLeavesWhatItStillDenies() throws IOException {
        var base =
                Files.writeString(
                        directory.resolve("base.yaml"),
                        """
                        version: 1
                        network_policies:
                          web:
                            endpoints: [{host: a.example, port: 443}]
                            binaries: [/bin/sh]
                        """);
        record(
                "box",
                denied(BY_CURL, "a.example", ReasonCode.HOST_NOT_LISTED),
                denied(BY_CURL, "b.example", ReasonCode.HOST_NOT_LISTED),
                allowed("c.example"));

        assertThat(learn("--policy", base.toString()).out())
                .contains("learned_curl_b_example", "# 2 records needed no rule.\n")
                .doesNotContain("a_example", "c_example");
        assertThat(learn().out()).contains("a_example", "b_example", "c_example");
    }

    @Test
    void aBaseWithAProblemIsBadInput() throws IOException {
        record("box", allowed("a.example"));
        var base = Files.writeString(directory.resolve("base.yaml"), "versino: 1\n");

        var result = learn("--policy", base.toString());

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(base + ":1:1: unknown key `versino`");
        assertThat(learn("--policy", directory + "/none").err())
                .isEqualTo(
                        "clawhold: cannot read policy `%s/none`: no such file\n"
                                .formatted(directory));
    }

    @Test
    void aBrokenLogIsRefusedUnlessToldOtherwise() throws IOException {
        record("box", allowed("a.example"), allowed("b.example"));
        Files.writeString(log, Files.readString(log).replace("b.example", "x.example"));

        assertThat(learn())
                .isEqualTo(
                        new Result(
                                2,
                                "",
                                """
                                clawhold: audit log `%s` is broken: record 2: its content does not \
                                match its hash
                                hint: `--unverified` learns from a log whose records nobody \
                                vouches for
                                """
                                        .formatted(log)));
        assertThat(learn("--unverified").out()).contains("learned_curl_x_example:");
    }

    @Test
    void anUnverifiedLogIsReadAsFarAsItsLinesAreRecords() throws IOException {
        record("box", allowed("a.example"));
        Files.writeString(log, Files.readString(log) + "nonsense\n");

        var result = learn("--unverified");

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("learned_curl_a_example:");
        assertThat(result.err())
                .isEqualTo(
                        "clawhold: audit log `%s` was read up to record 2: it is not a record\n"
                                .formatted(log));
    }

    @Test
    void onlyTheRecordsOfANamedSandboxCount() {
        record("one", allowed("a.example"));
        record("two", allowed("b.example"));

        assertThat(learn("--sandbox", "two").out())
                .contains("b_example")
                .doesNotContain("a_example");
        assertThat(learn("--sandbox", "three"))
                .isEqualTo(
                        new Result(
                                2,
                                "",
                                """
                                clawhold: cannot learn from sandbox `three`: no record is about it
                                hint: there are records about `one`, `two`
                                """));
    }

    @Test
    void aFileIsWrittenWhole() throws IOException {
        record("box", allowed("a.example"));
        var file = Files.writeString(directory.resolve("learned.yaml"), "before");

        var result = learn("-o", file.toString());

        assertThat(result)
                .isEqualTo(
                        new Result(
                                0,
                                file
                                        + ": rules: 1; records: 1 learned, 0 without need, 0 not"
                                        + " learned\n",
                                ""));
        assertThat(Files.readString(file)).isEqualTo(learn().out());
        try (var files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".clawhold"));
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsBadInput() {
        record("box", allowed("a.example"));

        assertThat(learn("-o", directory + "/none/x").err())
                .isEqualTo(
                        "clawhold: cannot write `%s/none/x`: its directory does not exist\n"
                                .formatted(directory));
        assertThat(learn("-o", directory.toString()).err())
                .isEqualTo("clawhold: cannot write `%s`: it is a directory\n".formatted(directory));
        assertThat(learn("-o", directory.toString()).status()).isEqualTo(2);
    }

    @Test
    void optionsReachTheLearner() {
        record("box", request("/u/17"), request("/u/18"));

        assertThat(learn("--ids").out()).contains("'/u/?*'");
        assertThat(learn("--pin").out()).contains("- '" + "c".repeat(64) + "'");
        assertThat(learn().out()).contains("'/u/17'", "'/u/18'").doesNotContain("sha256");
    }

    @Test
    void aLogThatIsNotThereIsBadInput() {
        assertThat(learn().status()).isEqualTo(2);
        assertThat(learn().err()).endsWith("no such file or directory\n");
    }

    private Result learn(String... options) {
        var arguments = new ArrayList<>(List.of("policy", "learn", log.toString()));
        arguments.addAll(List.of(options));
        return clawhold.run(arguments.toArray(String[]::new));
    }

    private void record(String sandbox, Event... events) {
        try (var audit = FileAuditLog.open(log, sandbox, CLOCK, false)) {
            List.of(events).forEach(audit::record);
        }
    }

    private static Event request(String path) {
        return new Event.Http(
                decision(
                        BY_CURL,
                        "a.example",
                        new Verdict.Deny(Reason.of(ReasonCode.REQUEST_NOT_LISTED))),
                "GET",
                path);
    }

    private static Event allowed(String host) {
        return new Event.Egress(decision(BY_CURL, host, new Verdict.Allow(new RuleId("web"))));
    }

    private static Event denied(Program program, String host, ReasonCode reason) {
        return new Event.Egress(decision(program, host, new Verdict.Deny(Reason.of(reason))));
    }

    private static Decision decision(Program program, String host, Verdict verdict) {
        return new Decision(new EgressRequest(new Host.Name(host), 443, program), verdict, 1);
    }
}
