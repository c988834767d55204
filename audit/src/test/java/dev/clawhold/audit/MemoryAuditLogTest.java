package dev.clawhold.audit;

import java.util.List;

class MemoryAuditLogTest implements AuditLogContract {
    private final MemoryAuditLog log = AuditLog.inMemory();

    @Override
    public AuditLog log() {
        return log;
    }

    @Override
    public List<String> recordedHosts() {
        return log.events().stream()
                .map(Event.Egress.class::cast)
                .map(event -> event.decision().request().host().text())
                .toList();
    }

    @Override
    public void breakStorage() {
        log.breakDown("no space left on device");
    }

    @Override
    public void mendStorage() {
        log.mend();
    }
}
