package dev.clawhold.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An audit log that keeps its events in memory and can be told to fail, as a full disk would.
public final class MemoryAuditLog extends AuditLog {
    private final List<Event> events = new ArrayList<>();
    private Optional<String> failure = Optional.empty();

    MemoryAuditLog() {}

    /// What was recorded so far, in order.
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /// From now on every record fails.
    ///
    /// @param cause such as `no space left on device`
    public synchronized void breakDown(String cause) {
        failure = Optional.of(cause);
    }

    /// From now on records are taken again.
    public synchronized void mend() {
        failure = Optional.empty();
    }

    @Override
    synchronized long append(Event event) {
        if (failure.isPresent()) {
            throw new AuditException("cannot write the audit log: " + failure.get());
        }
        events.add(event);
        return events.size();
    }
}
