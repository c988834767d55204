package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.audit.AuditLog;
import dev.clawhold.audit.Event;
import dev.clawhold.audit.MemoryAuditLog;
import dev.clawhold.gateway.PolicyInForce;
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
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PolicyReloadTest {
    private static final String NOTHING = "version: 1\n";
    private static final Verdict ALLOWED = new Verdict.Allow(new RuleId("api"));

    @TempDir private Path directory;

    private final MemoryAuditLog audit = AuditLog.inMemory();
    private final ToldNotices told = new ToldNotices();
    private Path file = Path.of("/");
    private List<Path> files = List.of();

    @BeforeEach
    void place() {
        file = directory.resolve("policy.yaml");
    }

    @Test
    void aValidPolicyIsRecordedAndInForce() throws Exception {
        var policy = watch(NOTHING);
        replace(allowing("api.example.com"));

        assertThat(told.next()).isEqualTo("clawhold: policy revision 2 is in force");
        assertThat(decide(policy, "api.example.com")).isEqualTo(ALLOWED);
        assertThat(policy.current().revision()).isEqualTo(2);
        assertThat(audit.events())
                .containsExactly(new Event.PolicyChange(file.toString(), 2, List.of()));
    }

    @Test
    void whatChangedBeforeItWasWatchedIsInForceToo() throws Exception {
        var policy = load(NOTHING);
        Files.writeString(file, allowing("api.example.com"));
        begin(policy);

        assertThat(told.next()).isEqualTo("clawhold: policy revision 2 is in force");
        assertThat(decide(policy, "api.example.com")).isEqualTo(ALLOWED);
    }

    @Test
    void theSamePolicyIsNoNewRevision() throws Exception {
        var text =
                """
                version: 1
                network_policies:
                  api:
                    endpoints: [{host: api.example.com, port: 443}]
                    binaries: [{path: /bin/sh}]
                """;
        assertThat(Path.of("/bin/sh").toRealPath()).isNotEqualTo(Path.of("/bin/sh"));
        var policy = watch(text);
        replace(text);
        replace(NOTHING);

        assertThat(told.next()).isEqualTo("clawhold: policy revision 2 is in force");
        assertThat(policy.current().egress().rules()).isEmpty();
    }

    @Test
    void anInvalidPolicyChangesNothingAndIsReportedUntilAValidOneComes() throws Exception {
        var policy = watch(allowing("api.example.com"));
        replace("version: 2\n");

        var problem = told.next();
        assertThat(problem).startsWith(file + ":1:10: ");
        assertThat(told.untilOwn())
                .isEqualTo("clawhold: the policy file is not valid; revision 1 stays in force");
        assertThat(decide(policy, "api.example.com")).isEqualTo(ALLOWED);
        assertThat(audit.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.PolicyChange.class,
                        change -> {
                            assertThat(change.revision()).isEqualTo(1);
                            assertThat(change.problems())
                                    .hasSize(1)
                                    .first()
                                    .asString()
                                    .startsWith(problem);
                        });

        replace(allowing("b.example.com"));
        assertThat(told.untilOwn()).isEqualTo("clawhold: policy revision 2 is in force");
        assertThat(decide(policy, "b.example.com")).isEqualTo(ALLOWED);
    }

    @Test
    void aFileThatCannotBeReadIsAnInvalidOne() throws Exception {
        var policy = watch(allowing("api.example.com"));
        Files.delete(file);
        Files.createSymbolicLink(file, directory);

        assertThat(told.next()).isEqualTo(file + ": it is a directory");
        assertThat(told.untilOwn()).endsWith("revision 1 stays in force");
        assertThat(decide(policy, "api.example.com")).isEqualTo(ALLOWED);
    }

    @Test
    void everyChangeOfTheStaticPartIsNamedAtItsPlaceAndNothingOfTheFileApplies() throws Exception {
        var policy = watch(NOTHING);
        replace(
                """
                version: 1
                filesystem_policy:
                  include_workdir: true
                  read_write: [/srv/data]
                process:
                  run_as_user: 1000
                %s
                """
                        .formatted(allowing("api.example.com").substring(NOTHING.length())));

        var text = told.linesUntilOwn();
        assertThat(text)
                .contains(
                        file + ":4:3: read_write changed while the sandbox runs",
                        "hint: restart the sandbox",
                        file + ":6:3: run_as_user changed while the sandbox runs");
        assertThat(decide(policy, "api.example.com")).isInstanceOf(Verdict.Deny.class);
        assertThat(audit.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.PolicyChange.class,
                        change -> assertThat(change.problems()).hasSize(2));
    }

    @Test
    void whereThePolicySaysSoAnInvalidOneCutsEverythingOffUntilAValidOneComes() throws Exception {
        var text = allowing("api.example.com") + "on_invalid: deny_all\n";
        var policy = watch(text);
        replace("version: 2\n");

        assertThat(told.untilOwn())
                .isEqualTo(
                        "clawhold: the policy file is not valid; all egress is denied until it is");
        assertThat(decide(policy, "api.example.com"))
                .isEqualTo(new Verdict.Deny(Reason.of(ReasonCode.POLICY_INVALID)));
        long blocked = policy.current().revision();
        assertThat(blocked).isGreaterThan(1);

        replace(text);
        assertThat(told.untilOwn())
                .isEqualTo("clawhold: policy revision " + (blocked + 1) + " is in force");
        assertThat(decide(policy, "api.example.com")).isEqualTo(ALLOWED);
    }

    @Test
    void whatCannotBeRecordedIsNotInForce() throws Exception {
        var policy = watch(NOTHING);
        audit.breakDown("no space left on device");
        replace(allowing("api.example.com"));

        assertThat(told.next())
                .isEqualTo(
                        "clawhold: the new policy is not in force: cannot write the audit log: no"
                                + " space left on device");
        assertThat(decide(policy, "api.example.com")).isInstanceOf(Verdict.Deny.class);

        audit.mend();
        replace(allowing("api.example.com"));
        assertThat(told.next()).isEqualTo("clawhold: policy revision 2 is in force");
    }

    @Test
    void aDenialOfEverythingNeedsNoRecord() throws Exception {
        var policy = watch(allowing("api.example.com") + "on_invalid: deny_all\n");
        audit.breakDown("no space left on device");
        replace("version: 2\n");

        told.untilOwn();
        assertThat(told.untilOwn()).endsWith("all egress is denied until it is");
        assertThat(decide(policy, "api.example.com")).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void anotherSpellingOfTheSamePolicyIsNoRevision() throws Exception {
        var policy = watch(allowing("api.example.com"));
        replace("# a comment moves every line\n" + allowing("api.example.com"));
        replace(allowing("other.example.com"));

        assertThat(told.next()).isEqualTo("clawhold: policy revision 2 is in force");
        assertThat(decide(policy, "other.example.com")).isEqualTo(ALLOWED);
    }

    @Test
    void aChangeOfAnExtendedFileIsAChangeOfThePolicy() throws Exception {
        var base = Files.writeString(directory.resolve("base.yaml"), NOTHING);
        var policy = watch("version: 1\nextends: [./base.yaml]\n");
        var aside = Files.writeString(directory.resolve("aside"), allowing("api.example.com"));
        Files.move(aside, base, StandardCopyOption.ATOMIC_MOVE);

        assertThat(told.next()).isEqualTo("clawhold: policy revision 2 is in force");
        assertThat(decide(policy, "api.example.com")).isEqualTo(ALLOWED);
    }

    @Test
    void aFileThatWasNotExtendedAtStartIsRefused() throws Exception {
        Files.writeString(directory.resolve("late.yaml"), allowing("api.example.com"));
        var policy = watch(NOTHING);
        replace("version: 1\nextends: [./late.yaml]\n");

        assertThat(told.next())
                .contains("late.yaml` was not extended when the sandbox started")
                .endsWith("restart the sandbox");
        assertThat(decide(policy, "api.example.com")).isInstanceOf(Verdict.Deny.class);
    }

    private PolicyInForce load(String text) throws IOException {
        Files.writeString(file, text);
        var loaded = PolicyLoading.load(Optional.of(file), Instant.EPOCH, told.notices());
        files = loaded.files();
        return new PolicyInForce(ProgramLinks.resolve(loaded.policy()));
    }

    private PolicyInForce watch(String text) throws IOException {
        var policy = load(text);
        begin(policy);
        return policy;
    }

    private void begin(PolicyInForce policy) {
        PolicyReload.watch(
                files, policy, audit, InstantSource.fixed(Instant.EPOCH), told.notices());
    }

    private void replace(String text) throws IOException {
        var aside = Files.writeString(directory.resolve("aside"), text);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String allowing(String host) {
        return """
        version: 1
        network_policies:
          api:
            endpoints: [{host: %s, port: 443}]
            binaries: [{path: /usr/bin/curl}]
        """
                .formatted(host);
    }

    private static Verdict decide(PolicyInForce policy, String host) {
        var executable = new Executable("/usr/bin/curl", "0".repeat(64), false);
        var program = new Program.Known(executable, List.of(), 7);
        return policy.current()
                .decide(new EgressRequest(new Host.Name(host), 443, program), Instant.EPOCH);
    }
}
