package dev.clawhold.policy.glob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds a shortest text that a machine accepts.
final class Witness {
    private static final int[][] READABLE = {{'a', 'z'}, {'0', '9'}, {'A', 'Z'}, {'!', '~'}};

    private Witness() {}

    static Optional<String> of(Dfa machine) {
        record Step(int state, int before, int unit) {}
        var starts = machine.starts();
        var units = new int[starts.length];
        Arrays.setAll(units, c -> readable(starts[c], machine.endOf(c)));
        var order = inOrder(units);
        var met = new BitSet();
        met.set(0);
        var steps = new ArrayList<>(List.of(new Step(0, -1, -1)));
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (machine.accepts(step.state)) {
                var text = new ArrayList<Integer>();
                for (var s = step; s.before >= 0; s = steps.get(s.before)) {
                    text.add(s.unit);
                }
                return Optional.of(text(text.reversed()));
            }
            for (int c : order) {
                int to = machine.next(step.state, c);
                if (to != Dfa.NONE && !met.get(to)) {
                    met.set(to);
                    steps.add(new Step(to, i, units[c]));
                }
            }
        }
        return Optional.empty();
    }

    /// The classes, those with the plainest units first.
    static int[] inOrder(int[] units) {
        var classes = new ArrayList<Integer>();
        for (int c = 0; c < units.length; c++) {
            classes.add(c);
        }
        classes.sort(Comparator.comparingInt((Integer c) -> plainness(units[c])));
        return classes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int plainness(int unit) {
        for (int i = 0; i < READABLE.length; i++) {
            if (unit >= READABLE[i][0] && unit <= READABLE[i][1]) {
                return i;
            }
        }
        return READABLE.length;
    }

    /// The plainest unit of a range.
    ///
    /// @param end behind the last
    static int readable(int first, int end) {
        for (var range : READABLE) {
            int unit = Math.max(first, range[0]);
            if (unit < end && unit <= range[1]) {
                return unit;
            }
        }
        return first;
    }

    static String text(List<Integer> units) {
        var text = new StringBuilder();
        units.forEach(unit -> append(unit, text));
        return text.toString();
    }

    static void append(int unit, StringBuilder text) {
        if (unit >= Nfa.TRIPLET) {
            text.append('%').append(hexDigit(unit >> 4)).append(hexDigit(unit));
        } else {
            text.appendCodePoint(unit);
        }
    }

    private static char hexDigit(int value) {
        return "0123456789ABCDEF".charAt(value & 15);
    }
}
