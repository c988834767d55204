package dev.clawhold.audit;

/// Proof that an event is on record: only [AuditLog] makes one, after the append. An act that must
/// not happen unrecorded takes this as its argument.
public final class Recorded<T extends Event> {
    private final T value;
    private final long seq;

    Recorded(T value, long seq) {
        this.value = value;
        this.seq = seq;
    }

    /// What was recorded.
    public T value() {
        return value;
    }

    /// Its number in the log.
    public long seq() {
        return seq;
    }
}
