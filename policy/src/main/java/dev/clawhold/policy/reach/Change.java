package dev.clawhold.policy.reach;

import java.util.ArrayList;
import java.util.List;

/// Requests or connections about which two policies say different things.
///
/// @param ports numbers, or words for many
/// @param what methods, or what bodies say; empty: the connection itself
/// @param paths of the requests; without terms where the connection itself is meant
/// @param when narrower circumstances, in words: times, addresses, queries
public record Change(
        Shape programs,
        Shape hosts,
        List<String> ports,
        List<String> what,
        Shape paths,
        List<String> when,
        Ruling before,
        Ruling after) {

    /// Which way it goes.
    public enum Direction {
        WIDER('+'),
        NARROWER('-'),
        OTHER('~');

        private final char sign;

        Direction(char sign) {
            this.sign = sign;
        }

        public char sign() {
            return sign;
        }
    }

    public Change {
        ports = List.copyOf(ports);
        what = List.copyOf(what);
        when = List.copyOf(when);
    }

    /// Wider if something goes out that did not, or unseen that was judged; narrower if the
    /// reverse. Of what goes out in neither, what an operator may now approve is wider.
    public Direction direction() {
        boolean both = before.permits() && after.permits();
        boolean looked =
                before.verdict() == Ruling.Verdict.ASK
                        || after.verdict() == Ruling.Verdict.ASK
                        || before.verdict() == after.verdict();
        if (both && looked) {
            return Direction.OTHER;
        }
        int step = Integer.compare(after.width(), before.width());
        return step > 0 ? Direction.WIDER : step < 0 ? Direction.NARROWER : Direction.OTHER;
    }

    /// What goes out, without a word about verdicts: programs, host and port, methods and paths.
    public String subject() {
        var parts = new ArrayList<String>();
        parts.add(programs.text());
        parts.add("->");
        parts.add(hosts.text() + ":" + String.join(",", ports));
        if (!what.isEmpty()) {
            parts.add(String.join(",", what));
            parts.add(paths.text());
        }
        if (!when.isEmpty()) {
            parts.add("(" + String.join("; ", when) + ")");
        }
        return String.join(" ", parts);
    }
}
