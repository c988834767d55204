package dev.clawhold.app;

import dev.clawhold.audit.AuditException;
import dev.clawhold.audit.AuditLog;
import dev.clawhold.audit.Event;
import dev.clawhold.gateway.PolicyInForce;
import dev.clawhold.linux.FileWatch;
import dev.clawhold.policy.Policy;
import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicySource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// Puts each valid new version of a policy file in force; an invalid one changes nothing and is
/// reported. One daemon thread runs it.
final class PolicyReload {
    private final Path file;
    private final PolicyInForce policy;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Notices notices;
    private Policy valid;

    private PolicyReload(
            Path file, PolicyInForce policy, AuditLog audit, InstantSource clock, Notices notices) {
        this.file = file;
        this.policy = policy;
        this.audit = audit;
        this.clock = clock;
        this.notices = notices;
        this.valid = policy.current();
    }

    static void watch(
            Path file, PolicyInForce policy, AuditLog audit, InstantSource clock, Notices notices) {
        var reload = new PolicyReload(file.toAbsolutePath(), policy, audit, clock, notices);
        var watched = new WatchedFile(reload.file, new FileWatch());
        Thread.ofPlatform()
                .name("reload")
                .daemon()
                .start(() -> watched.forEachChange(reload::reload));
    }

    private void reload() {
        long revision = policy.current().revision() + 1;
        switch (PolicySource.of(file, revision, clock.instant())) {
            case PolicySource.Read(Parsed.Valid(var candidate, var warnings)) -> {
                warnings.forEach(warning -> notices.line(warning.toString()));
                apply(candidate);
            }
            case PolicySource.Read(Parsed.Invalid(var problems)) ->
                    reject(problems.stream().map(Objects::toString).toList());
            case PolicySource.Unreadable(var cause) -> reject(List.of(file + ": " + cause));
        }
    }

    private void apply(Policy candidate) {
        if (!candidate.confinement().equals(valid.confinement())) {
            reject(
                    List.of(
                            file
                                    + ": filesystem_policy, landlock or process changed while the"
                                    + " sandbox runs\nhint: restart the sandbox"));
            return;
        }
        if (candidate.egress().equals(valid.egress()) && policy.current() == valid) {
            return;
        }
        var resolved = ProgramLinks.resolve(candidate);
        try {
            audit.record(new Event.PolicyChange(file.toString(), candidate.revision(), List.of()));
        } catch (AuditException e) {
            notices.tell("the new policy is not in force: " + e.getMessage());
            return;
        }
        valid = resolved;
        policy.replace(resolved);
        notices.tell("policy revision " + candidate.revision() + " is in force");
    }

    private void reject(List<String> problems) {
        problems.forEach(notices::line);
        notices.tell("the policy file is not valid; " + consequence());
        try {
            audit.record(
                    new Event.PolicyChange(file.toString(), policy.current().revision(), problems));
        } catch (AuditException e) {
            notices.tell(String.valueOf(e.getMessage()));
        }
        if (valid.onInvalidDeniesAll()) {
            policy.replace(valid.blocked(policy.current().revision() + 1));
        }
    }

    private String consequence() {
        return valid.onInvalidDeniesAll()
                ? "all egress is denied until it is"
                : "revision " + valid.revision() + " stays in force";
    }
}
