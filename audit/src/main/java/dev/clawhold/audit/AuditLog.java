package dev.clawhold.audit;

/// An append-only log of events. Safe for use by any number of threads at once.
public abstract sealed class AuditLog permits FileAuditLog, MemoryAuditLog {
    AuditLog() {}

    /// A log that only remembers: for tests of those who record.
    public static MemoryAuditLog inMemory() {
        return new MemoryAuditLog();
    }

    /// Appends the event. When this returns, the record has left the process.
    ///
    /// @throws AuditException if it cannot be written: then nothing may be let out
    public final <T extends Event> Recorded<T> record(T event) {
        return new Recorded<>(event, append(event));
    }

    /// Writes one record and returns its number.
    abstract long append(Event event);
}
