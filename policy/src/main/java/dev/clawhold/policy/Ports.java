package dev.clawhold.policy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The ports of an endpoint.
public final class Ports {
    private static final Ports ANY = new Ports(new int[0]);

    // INVARIANT: sorted; empty means every port.
    private final int[] sorted;

    private Ports(int[] sorted) {
        this.sorted = sorted;
    }

    /// Every port.
    public static Ports any() {
        return ANY;
    }

    /// Some ports.
    ///
    /// @param ports at least one, each 1 to 65535
    public static Ports of(List<Integer> ports) {
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("an endpoint needs a port");
        }
        return new Ports(ports.stream().mapToInt(Integer::intValue).sorted().distinct().toArray());
    }

    /// The ports in order; empty where every port is meant.
    public List<Integer> listed() {
        return Arrays.stream(sorted).boxed().toList();
    }

    public boolean contains(int port) {
        return sorted.length == 0 || Arrays.binarySearch(sorted, port) >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ports that && Arrays.equals(sorted, that.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
        return sorted.length == 0
                ? "any"
                : Arrays.stream(sorted).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }
}
