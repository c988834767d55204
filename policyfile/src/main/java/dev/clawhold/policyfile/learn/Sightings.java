package dev.clawhold.policyfile.learn;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.NavigableSet;
import java.util.TreeSet;

/// How often something was seen, and when.
final class Sightings {
    private long count;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private final NavigableSet<String> outcomes = new TreeSet<>();

    void add(Observation observation) {
        count++;
        var time = observation.time();
        first = time.isBefore(first) ? time : first;
        last = time.isAfter(last) ? time : last;
        outcomes.add(
                switch (observation.outcome()) {
                    case ALLOWED, INSPECTED -> "allowed";
                    case ASKED -> "asked";
                    case DENIED -> "denied as " + observation.reason();
                });
    }

    long count() {
        return count;
    }

    /// As comments say it.
    String text() {
        var from = first.truncatedTo(ChronoUnit.SECONDS);
        var to = last.truncatedTo(ChronoUnit.SECONDS);
        return (count == 1 ? "once" : count + " times")
                + (from.equals(to) ? ", " + from : ", " + from + " to " + to)
                + ": "
                + String.join(", ", outcomes);
    }
}
