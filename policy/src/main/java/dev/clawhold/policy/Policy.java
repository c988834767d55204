package dev.clawhold.policy;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/// An immutable set of rules. A reload makes a new one; nothing edits an old one.
public final class Policy {
    private final long revision;
    private final Confinement confinement;

    public Policy(long revision, Confinement confinement) {
        this.revision = revision;
        this.confinement = confinement;
    }

    public long revision() {
        return revision;
    }

    /// The static part.
    public Confinement confinement() {
        return confinement;
    }

    /// The verdict about a connection before its name is resolved.
    public Verdict decide(EgressRequest request, Instant now) {
        return new Verdict.Deny(Reason.of(ReasonCode.NO_POLICY));
    }

    /// The verdict about the addresses that an allowed connection's name resolved to. Only an allow
    /// may be dialled, and only at exactly these addresses.
    public Verdict admit(EgressRequest request, List<IpAddress> answers, Instant now) {
        return new Verdict.Deny(Reason.of(ReasonCode.NO_POLICY));
    }

    /// The same policy whose exact program paths also match what they resolve to.
    ///
    /// @param resolve a path to the file it stands for inside the sandbox
    public Policy withResolvedPrograms(UnaryOperator<String> resolve) {
        return this;
    }
}
