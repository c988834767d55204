package dev.clawhold.bench;

import java.util.List;

/// Times of one thing done many times, in nanoseconds, in growing order.
final class Samples {
    private static final int HUNDRED = 100;

    private final long[] sorted;

    /// In any order; at least one.
    Samples(List<Long> nanoseconds) {
        sorted = nanoseconds.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /// The value that so many of a hundred do not exceed.
    double percentile(int percent) {
        int index = (sorted.length - 1) * percent / HUNDRED;
        return sorted[index];
    }

    double median() {
        return percentile(50);
    }
}
