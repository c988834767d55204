package dev.clawhold.app;

import dev.clawhold.audit.AuditException;
import dev.clawhold.audit.AuditLog;
import dev.clawhold.audit.Event;
import dev.clawhold.gateway.PolicyInForce;
import dev.clawhold.linux.FileWatch;
import dev.clawhold.policy.Policy;
import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicyFile;
import dev.clawhold.policyfile.PolicySource;
import dev.clawhold.policyfile.Problem;
import dev.clawhold.policyfile.hash.PolicyHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Puts each valid new version of a policy file in force; an invalid one changes nothing and is
/// reported. One daemon thread runs it.
final class PolicyReload {
    private final Path file;
    private final List<Path> files;
    private final PolicyInForce policy;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Notices notices;
    private Policy valid;

    private PolicyReload(
            List<Path> files,
            PolicyInForce policy,
            AuditLog audit,
            InstantSource clock,
            Notices notices) {
        this.file = files.getFirst();
        this.files = files;
        this.policy = policy;
        this.audit = audit;
        this.clock = clock;
        this.notices = notices;
        this.valid = policy.current();
    }

    /// @param files those that the policy in force was made of, absolute: its own first, then those
    ///   that it extends
    static void watch(
            List<Path> files,
            PolicyInForce policy,
            AuditLog audit,
            InstantSource clock,
            Notices notices) {
        var reload = new PolicyReload(files, policy, audit, clock, notices);
        var watched = new WatchedFiles(files, new FileWatch());
        if (Files.isRegularFile(reload.file)) { // a pipe has given what it had
            reload.reload(); // it may have changed between its first reading and the watch
        }
        Thread.ofPlatform()
                .name("reload")
                .daemon()
                .start(() -> watched.forEachChange(reload::reload));
    }

    private void reload() {
        long revision = policy.current().revision() + 1;
        switch (PolicySource.of(file, revision, clock.instant())) {
            case PolicySource.Read(Parsed.Valid(var candidate, var warnings), var from) ->
                    unguarded(from)
                            .ifPresentOrElse(
                                    other -> reject(List.of(text(other))),
                                    () -> judge(candidate, warnings));
            case PolicySource.Read(Parsed.Invalid(var problems), _) -> reject(texts(problems));
            case PolicySource.Unreadable(var cause) -> reject(List.of(file + ": " + cause));
        }
    }

    /// A file that the sandbox could perhaps write: only those of the start are kept from it.
    private Optional<Path> unguarded(List<Path> from) {
        return from.stream()
                .map(Path::toAbsolutePath)
                .filter(path -> !files.contains(path))
                .findFirst();
    }

    private String text(Path unguarded) {
        return file
                + ": `"
                + unguarded
                + "` was not extended when the sandbox started, so nothing keeps it from being"
                + " written inside: restart the sandbox";
    }

    private void judge(Policy candidate, List<Problem> warnings) {
        var changes = staticChanges(candidate);
        if (!changes.isEmpty()) {
            reject(texts(changes));
            return;
        }
        boolean another = !PolicyHash.of(candidate).equals(PolicyHash.of(valid));
        if (another || policy.current() != valid) {
            texts(warnings).forEach(notices::line);
            apply(ProgramLinks.resolve(candidate));
        }
    }

    private List<Problem> staticChanges(Policy candidate) {
        return candidate.confinement().equals(valid.confinement())
                ? List.of()
                : PolicyFile.staticChanges(file.toString(), text(), candidate, valid.confinement());
    }

    // Only tells where the changes stand: a file that has gone since loses them their places.
    private byte[] text() {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(PolicyFile.LONGEST);
        } catch (IOException _) {
            return new byte[0];
        }
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private void apply(Policy next) {
        try {
            audit.record(new Event.PolicyChange(file.toString(), next.revision(), List.of()));
        } catch (AuditException e) {
            notices.tell("the new policy is not in force: " + e.getMessage());
            return;
        }
        valid = next;
        policy.replace(next);
        notices.tell("policy revision " + next.revision() + " is in force");
    }

    private void reject(List<String> problems) {
        problems.forEach(notices::line);
        try {
            audit.record(
                    new Event.PolicyChange(file.toString(), policy.current().revision(), problems));
        } catch (AuditException e) {
            notices.tell(String.valueOf(e.getMessage()));
        }
        if (valid.onInvalidDeniesAll()) {
            policy.replace(valid.blocked(policy.current().revision() + 1));
        }
        notices.tell("the policy file is not valid; " + consequence());
    }

    private String consequence() {
        return valid.onInvalidDeniesAll()
                ? "all egress is denied until it is"
                : "revision " + valid.revision() + " stays in force";
    }
}
