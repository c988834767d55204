package dev.clawhold.policy;

import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.HostPattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Candidates with host patterns, found by the labels at the end of the pattern that hold no
/// wildcard. A lookup walks the name once from its end and allocates nothing.
final class TailIndex {
    private static final Candidate[] NOBODY = {};

    // INVARIANT: an open hash table: a power of two of slots, at most half of them in use.
    private final String[] tails;
    private final Candidate[][] buckets;
    private final boolean none;

    TailIndex(List<Candidate> candidates) {
        Map<String, List<Candidate>> byTail = new HashMap<>();
        for (var candidate : candidates) {
            byTail.computeIfAbsent(tail(glob(candidate).toString()), _ -> new ArrayList<>())
                    .add(candidate);
        }
        none = byTail.isEmpty();
        tails = new String[Integer.highestOneBit(byTail.size() * 4 + 1)];
        buckets = new Candidate[tails.length][];
        Arrays.fill(tails, "");
        Arrays.fill(buckets, NOBODY);
        byTail.forEach(this::put);
    }

    private void put(String tail, List<Candidate> candidates) {
        int hash = 0;
        for (int i = tail.length() - 1; i >= 0; i--) {
            hash = next(hash, tail.charAt(i));
        }
        int at = spread(hash);
        while (buckets[at].length > 0) {
            at = (at + 1) & (tails.length - 1);
        }
        tails[at] = tail;
        buckets[at] = EndpointIndex.sorted(candidates);
    }

    /// The strictest that fits the request to this name, if it is stricter than the best so far.
    Candidate strictest(String name, EgressRequest request, Instant now, Candidate best) {
        if (none) {
            return best;
        }
        var strictest = fold(name, name.length(), 0, request, now, best);
        int hash = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            hash = next(hash, name.charAt(i));
            if (i == 0 || name.charAt(i - 1) == '.') {
                strictest = fold(name, i, hash, request, now, strictest);
            }
        }
        return strictest;
    }

    private Candidate fold(
            String name, int from, int hash, EgressRequest request, Instant now, Candidate best) {
        for (var candidate : bucket(name, from, hash)) {
            if (!candidate.isStricterThan(best)) {
                return best;
            }
            if (glob(candidate).matches(name) && candidate.fits(request, now)) {
                return candidate;
            }
        }
        return best;
    }

    /// Adds every candidate whose pattern matches the name.
    void collect(String name, List<Candidate> into) {
        int hash = 0;
        for (int i = name.length(); i >= 0; i--) {
            hash = i == name.length() ? 0 : next(hash, name.charAt(i));
            if (i == 0 || i == name.length() || name.charAt(i - 1) == '.') {
                for (var candidate : bucket(name, i, hash)) {
                    if (glob(candidate).matches(name)) {
                        into.add(candidate);
                    }
                }
            }
        }
    }

    private Candidate[] bucket(String name, int from, int hash) {
        int length = name.length() - from;
        for (int at = spread(hash); buckets[at].length > 0; ) {
            if (tails[at].length() == length && name.startsWith(tails[at], from)) {
                return buckets[at];
            }
            at = (at + 1) & (tails.length - 1);
        }
        return NOBODY;
    }

    private int spread(int hash) {
        return (hash ^ (hash >>> 15)) & (tails.length - 1);
    }

    private static int next(int hash, char c) {
        return 31 * hash + c;
    }

    private static Glob glob(Candidate candidate) {
        return switch (candidate.endpoint().host()) {
            case HostPattern.Wildcard(var glob) -> glob;
            case HostPattern.Exact _,
                    HostPattern.Range _,
                    HostPattern.ByAddress _,
                    HostPattern.CatchAll _ ->
                    throw new IllegalArgumentException("no pattern: " + candidate.endpoint());
        };
    }

    /// The labels behind the last one with a special character.
    private static String tail(String pattern) {
        int special = pattern.length() - 1;
        while (special >= 0 && "*?{}\\".indexOf(pattern.charAt(special)) < 0) {
            special--;
        }
        int dot = pattern.indexOf('.', special + 1);
        return special < 0 ? pattern : dot < 0 ? "" : pattern.substring(dot + 1);
    }
}
