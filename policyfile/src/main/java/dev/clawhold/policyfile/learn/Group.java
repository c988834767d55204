package dev.clawhold.policyfile.learn;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one program wanted of one host: what becomes one rule.
final class Group {

    /// Which group.
    record Key(String program, String host) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::program).thenComparing(Key::host);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /// What was wanted on one port.
    static final class Port {
        private final NavigableSet<Call> calls = new TreeSet<>();
        private boolean beside;

        /// Empty where only connections were seen.
        NavigableSet<Call> calls() {
            return calls;
        }

        /// Whether other endpoints judge requests there too.
        boolean isBeside() {
            return beside;
        }
    }

    private final Sightings sightings = new Sightings();
    private final NavigableSet<String> hashes = new TreeSet<>();
    private final NavigableMap<Integer, Port> ports = new TreeMap<>();

    void add(Wanted wanted, Observation observation) {
        sightings.add(observation);
        hashes.add(wanted.program().sha256());
        var port = ports.computeIfAbsent(wanted.port(), _ -> new Port());
        wanted.call().ifPresent(port.calls::add);
        port.beside |= wanted.beside();
    }

    Sightings sightings() {
        return sightings;
    }

    NavigableSet<String> hashes() {
        return hashes;
    }

    Map<Integer, Port> ports() {
        return ports;
    }
}
