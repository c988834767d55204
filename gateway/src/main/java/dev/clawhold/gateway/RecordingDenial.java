package dev.clawhold.gateway;

import dev.clawhold.audit.AuditLog;
import dev.clawhold.audit.Event;
import dev.clawhold.policy.Decision;

/// An answer to a denied connection that puts the HTTP request on record before it is given.
final class RecordingDenial implements DenialSource {
    private final Denial denial;
    private final Decision decision;
    private final AuditLog audit;

    RecordingDenial(Denial denial, Decision decision, AuditLog audit) {
        this.denial = denial;
        this.decision = decision;
        this.audit = audit;
    }

    @Override
    public Denial denial() {
        return denial;
    }

    @Override
    public Denial denial(String method, String path) {
        audit.record(new Event.Http(decision, method, path));
        return denial.about(method, path);
    }
}
