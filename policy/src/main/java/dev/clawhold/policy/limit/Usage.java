package dev.clawhold.policy.limit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Counts what rules have let through, for one sandbox. A limit's count goes on while the rule's
/// key and the limit itself stay the same, so that a reload does not refill it. Safe for use by
/// many threads.
public final class Usage implements Room {
    private enum Kind {
        REQUESTS,
        BYTES,
        UPLOAD,
        DOWNLOAD
    }

    private record Key(String rule, Kind kind, Rate rate) {}

    private final Map<Key, Tally> tallies = new HashMap<>();
    private final Map<String, Integer> open = new HashMap<>();

    /// Nothing has been counted yet.
    public Usage() {}

    @Override
    public synchronized Left of(String rule, RuleLimits limits, Instant now) {
        int connections = open.getOrDefault(rule, 0);
        if (limits.connections().isPresent() && connections >= limits.connections().getAsInt()) {
            return Left.NO_CONNECTIONS;
        }
        if (!has(rule, Kind.REQUESTS, limits.requests(), now)) {
            return Left.NO_REQUESTS;
        }
        boolean bytes =
                has(rule, Kind.BYTES, limits.bytes(), now)
                        && has(rule, Kind.UPLOAD, limits.upload(), now)
                        && has(rule, Kind.DOWNLOAD, limits.download(), now);
        return bytes ? Left.ROOM : Left.NO_BYTES;
    }

    private boolean has(String rule, Kind kind, Optional<Rate> rate, Instant now) {
        return rate.map(r -> tally(rule, kind, r, now).has(1, now)).orElse(true);
    }

    private Tally tally(String rule, Kind kind, Rate rate, Instant now) {
        return tallies.computeIfAbsent(new Key(rule, kind, rate), _ -> new Tally(rate, now));
    }

    /// Counts one request, or one opaque connection.
    public synchronized void request(String rule, RuleLimits limits, Instant now) {
        limits.requests().ifPresent(rate -> tally(rule, Kind.REQUESTS, rate, now).take(1, now));
    }

    /// Counts bytes.
    ///
    /// @param up those that left the machine, 0 or more
    /// @param down those that came in, 0 or more
    /// @return whether the rule still has room for more
    public synchronized boolean bytes(
            String rule, RuleLimits limits, long up, long down, Instant now) {
        limits.bytes().ifPresent(r -> tally(rule, Kind.BYTES, r, now).take(up + down, now));
        limits.upload().ifPresent(r -> tally(rule, Kind.UPLOAD, r, now).take(up, now));
        limits.download().ifPresent(r -> tally(rule, Kind.DOWNLOAD, r, now).take(down, now));
        return of(rule, limits, now) != Left.NO_BYTES;
    }

    /// Counts a connection that is open from now on.
    public synchronized void opened(String rule) {
        open.merge(rule, 1, Integer::sum);
    }

    /// Counts a connection that has ended.
    public synchronized void closed(String rule) {
        open.computeIfPresent(rule, (_, count) -> count > 1 ? count - 1 : null);
    }
}
