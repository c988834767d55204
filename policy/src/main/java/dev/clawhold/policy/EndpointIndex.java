package dev.clawhold.policy;

import static java.util.Comparator.comparingInt;

import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.host.ProviderHosts;
import dev.clawhold.policy.host.SpecialHosts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the candidates whose host pattern names a host. Exact names and addresses cost one hash
/// lookup, however many there are.
final class EndpointIndex {
    private static final Candidate[] NOBODY = {};

    // INVARIANT: every bucket stands strictest first, so the first that fits decides.
    private final Map<String, Candidate[]> names;
    private final Map<IpAddress, Candidate[]> addresses;
    private final Candidate[] ranges;
    private final Candidate[] byAddress;
    private final Candidate[] catchAll;
    private final TailIndex wildcards;
    private final boolean metered;

    /// An index of these candidates.
    ///
    /// @param metered whether hosts of models are reached through exact names only
    EndpointIndex(List<Candidate> candidates, boolean metered) {
        this.metered = metered;
        Map<String, List<Candidate>> byName = new HashMap<>();
        Map<IpAddress, List<Candidate>> byLiteral = new HashMap<>();
        var inRange = new ArrayList<Candidate>();
        var hostless = new ArrayList<Candidate>();
        var rest = new ArrayList<Candidate>();
        var globs = new ArrayList<Candidate>();
        for (var candidate : candidates) {
            var bucket =
                    switch (candidate.endpoint().host()) {
                        case HostPattern.Exact(var name) ->
                                byName.computeIfAbsent(key(name.text()), _ -> new ArrayList<>());
                        case HostPattern.Range(var range) when range.isSingle() ->
                                byLiteral.computeIfAbsent(range.network(), _ -> new ArrayList<>());
                        case HostPattern.Range _ -> inRange;
                        case HostPattern.Wildcard _ -> globs;
                        case HostPattern.ByAddress _ -> hostless;
                        case HostPattern.CatchAll _ -> rest;
                    };
            bucket.add(candidate);
        }
        names = sorted(byName);
        addresses = sorted(byLiteral);
        ranges = sorted(inRange);
        byAddress = sorted(hostless);
        catchAll = sorted(rest);
        wildcards = new TailIndex(globs);
    }

    private static <K> Map<K, Candidate[]> sorted(Map<K, List<Candidate>> buckets) {
        var sorted = new HashMap<K, Candidate[]>();
        buckets.forEach((key, bucket) -> sorted.put(key, sorted(bucket)));
        return Map.copyOf(sorted);
    }

    static Candidate[] sorted(List<Candidate> bucket) {
        return bucket.stream().sorted(Candidate.STRICTEST_FIRST).toArray(Candidate[]::new);
    }

    /// All names of the host's loopback are one.
    private static String key(String name) {
        return SpecialHosts.kind(name) == SpecialHosts.Kind.HOST_LOOPBACK
                ? "host.clawhold.internal"
                : name;
    }

    /// The strictest candidate that fits, or `Candidate.NONE`. Allocates nothing for a name.
    Candidate strictest(EgressRequest request, Instant now) {
        var best =
                switch (request.host()) {
                    case Host.Name(var name) -> strictestFor(name, request, now);
                    case Host.Address(var address) -> strictestFor(address, request, now);
                };
        return best == Candidate.NONE && takesCatchAll(request.host())
                ? fold(catchAll, request, now, best)
                : best;
    }

    private Candidate strictestFor(String name, EgressRequest request, Instant now) {
        if (SpecialHosts.kind(name) != SpecialHosts.Kind.ORDINARY) {
            return fold(names.getOrDefault(key(name), NOBODY), request, now, Candidate.NONE);
        }
        var best = fold(names.getOrDefault(name, NOBODY), request, now, Candidate.NONE);
        var any = wildcards.strictest(name, request, now, fold(byAddress, request, now, best));
        return needsExactName(name) && any.rank() != Candidate.Rank.DENY ? best : any;
    }

    private boolean needsExactName(String name) {
        return metered && ProviderHosts.contains(name);
    }

    private Candidate strictestFor(IpAddress address, EgressRequest request, Instant now) {
        var best = fold(addresses.getOrDefault(address, NOBODY), request, now, Candidate.NONE);
        best = fold(carried(address), request, now, best);
        best = fold(byAddress, request, now, best);
        for (var candidate : ranges) {
            if (!candidate.isStricterThan(best)) {
                break;
            }
            if (isInRange(candidate, address) && candidate.fits(request, now)) {
                return candidate;
            }
        }
        return best;
    }

    private static boolean isInRange(Candidate candidate, IpAddress address) {
        return candidate.endpoint().host() instanceof HostPattern.Range(var range)
                && range.contains(address);
    }

    private Candidate[] carried(IpAddress address) {
        var effective = address.effective();
        return effective.equals(address) ? NOBODY : addresses.getOrDefault(effective, NOBODY);
    }

    private static Candidate fold(
            Candidate[] bucket, EgressRequest request, Instant now, Candidate best) {
        for (var candidate : bucket) {
            if (!candidate.isStricterThan(best)) {
                return best;
            }
            if (candidate.fits(request, now)) {
                return candidate;
            }
        }
        return best;
    }

    private static boolean isOrdinary(Host host) {
        return SpecialHosts.kind(host) == SpecialHosts.Kind.ORDINARY;
    }

    private boolean takesCatchAll(Host host) {
        return isOrdinary(host) && !needsExactName(host.text());
    }

    /// Every candidate that names the host, catch-alls apart, in file order.
    List<Candidate> naming(Host host) {
        var found = new ArrayList<Candidate>();
        switch (host) {
            case Host.Name(var name) -> {
                found.addAll(List.of(names.getOrDefault(key(name), NOBODY)));
                if (isOrdinary(host)) {
                    var patterns = new ArrayList<>(List.of(byAddress));
                    wildcards.collect(name, patterns);
                    patterns.removeIf(c -> needsExactName(name) && c.rank() != Candidate.Rank.DENY);
                    found.addAll(patterns);
                }
            }
            case Host.Address(var address) -> {
                found.addAll(List.of(addresses.getOrDefault(address, NOBODY)));
                found.addAll(List.of(carried(address)));
                found.addAll(List.of(byAddress));
                for (var candidate : ranges) {
                    if (isInRange(candidate, address)) {
                        found.add(candidate);
                    }
                }
            }
        }
        found.sort(comparingInt(Candidate::order));
        return found;
    }

    /// The candidates that fit and deny nothing, in file order; catch-alls only where no other
    /// fits.
    List<Candidate> allowing(EgressRequest request, Instant now) {
        var fitting = allowing(naming(request.host()), request, now);
        return fitting.isEmpty() ? allowing(catchAlls(request.host()), request, now) : fitting;
    }

    private static List<Candidate> allowing(
            List<Candidate> candidates, EgressRequest request, Instant now) {
        return candidates.stream()
                .filter(c -> c.rank() != Candidate.Rank.DENY && c.fits(request, now))
                .toList();
    }

    /// The candidates that are consulted for the host when no other fits, in file order.
    List<Candidate> catchAlls(Host host) {
        var consulted = takesCatchAll(host) ? catchAll : NOBODY;
        return List.of(consulted).stream().sorted(comparingInt(Candidate::order)).toList();
    }
}
