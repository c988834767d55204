package dev.clawhold.gateway;

import dev.clawhold.audit.Event;
import dev.clawhold.audit.Recorded;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Connects that were decided and sent to the gateway's port but not yet accepted there, by the
/// port they come from. A connection that nobody registered is not served. Safe for use by many
/// threads.
final class PendingConnects {
    /// Which listener it comes to: each has its own ports.
    enum Way {
        V4,
        V6
    }

    private record Key(Way way, int port) {}

    private final Map<Key, Recorded<Event.Egress>> pending = new ConcurrentHashMap<>();

    void register(Way way, int port, Recorded<Event.Egress> decision) {
        pending.put(new Key(way, port), decision);
    }

    /// Whether a connect from this port still waits to be accepted.
    boolean holds(Way way, int port) {
        return pending.containsKey(new Key(way, port));
    }

    Optional<Recorded<Event.Egress>> take(Way way, int port) {
        return Optional.ofNullable(pending.remove(new Key(way, port)));
    }
}
