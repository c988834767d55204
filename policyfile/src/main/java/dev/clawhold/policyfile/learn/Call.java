package dev.clawhold.policyfile.learn;

import java.util.Comparator;

/// A request in canonical form.
///
/// @param method in capitals
record Call(String method, String path) implements Comparable<Call> {
    private static final Comparator<Call> ORDER =
            Comparator.comparing(Call::path).thenComparing(Call::method);

    @Override
    public int compareTo(Call other) {
        return ORDER.compare(this, other);
    }
}
