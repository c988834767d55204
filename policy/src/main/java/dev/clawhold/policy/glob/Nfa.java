package dev.clawhold.policy.glob;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/// A pattern as a machine that reads each unit of a text once. State `n` waits for element `n`; the
/// last state accepts.
final class Nfa {
    /// No unit is this.
    static final int NO_SEPARATOR = -1;

    /// Marks a unit that is a `%HH` triplet of a path; the low byte is its value.
    static final int TRIPLET = 1 << 24;

    /// Both ends belong to it.
    record Range(int first, int last) {}

    sealed interface Element {
        record One(int unit) implements Element {}

        /// One unit that is not the separator.
        record Any(int separator) implements Element {}

        /// One unit that is in the ranges, or outside them, and not the separator.
        record OneOf(List<Range> ranges, boolean negated, int separator) implements Element {}

        /// Zero or more units that are not the separator.
        record Run(int separator) implements Element {}

        /// Zero or more whole segments with their separators: the choice to have none, ...
        record SegmentsStart() implements Element {}

        /// ... and the way through them, which may end behind each separator.
        record Segments(int separator) implements Element {}
    }

    private final Element[] elements;
    private final boolean triplets;
    private final Ends ends;

    Nfa(List<Element> elements, boolean triplets) {
        this.elements = elements.toArray(new Element[0]);
        this.triplets = triplets;
        this.ends = Ends.of(elements);
    }

    boolean matches(String text) {
        return switch (ends.judge(text, triplets)) {
            case YES -> true;
            case NO -> false;
            case OPEN -> elements.length < Long.SIZE ? matchesSmall(text) : matchesLarge(text);
        };
    }

    private boolean matchesSmall(String text) {
        long states = closed(1);
        for (int at = 0; at < text.length() && states != 0; ) {
            int unit = unit(text, at, triplets);
            at += length(unit);
            long next = 0;
            for (long rest = states; rest != 0; rest &= rest - 1) {
                int state = Long.numberOfTrailingZeros(rest);
                if (state < elements.length) {
                    next |= (long) step(elements[state], unit) << state;
                }
            }
            states = closed(next);
        }
        return (states >>> elements.length & 1) != 0;
    }

    /// With every state that is reached without reading. Such moves lead to higher states only.
    private long closed(long states) {
        long all = states;
        for (long rest = states; rest != 0; rest &= rest - 1) {
            int state = Long.numberOfTrailingZeros(rest);
            if (state < elements.length) {
                long free = (long) free(elements[state]) << state;
                all |= free;
                rest |= free;
            }
        }
        return all;
    }

    private boolean matchesLarge(String text) {
        var states = initial();
        for (int at = 0; at < text.length() && !states.isEmpty(); ) {
            int unit = unit(text, at, triplets);
            at += length(unit);
            states = after(states, unit);
        }
        return accepts(states);
    }

    /// The states before anything is read.
    BitSet initial() {
        var states = new BitSet(elements.length + 1);
        states.set(0);
        close(states);
        return states;
    }

    /// The states that reading a unit leads to.
    BitSet after(BitSet states, int unit) {
        var next = new BitSet(elements.length + 1);
        for (int s = states.nextSetBit(0); s >= 0 && s < elements.length; ) {
            add(next, step(elements[s], unit), s);
            s = states.nextSetBit(s + 1);
        }
        close(next);
        return next;
    }

    boolean accepts(BitSet states) {
        return states.get(elements.length);
    }

    /// Tells every unit that some element treats otherwise than the unit before it.
    void boundaries(IntConsumer found) {
        for (var element : elements) {
            switch (element) {
                case Element.One(int unit) -> around(unit, unit, found);
                case Element.Any(int separator) -> around(separator, separator, found);
                case Element.OneOf(var ranges, _, int separator) -> {
                    ranges.forEach(range -> around(range.first(), range.last(), found));
                    around(separator, separator, found);
                }
                case Element.Run(int separator) -> around(separator, separator, found);
                case Element.Segments(int separator) -> around(separator, separator, found);
                case Element.SegmentsStart _ -> {}
            }
        }
    }

    private static void around(int first, int last, IntConsumer found) {
        if (first >= 0) {
            found.accept(first);
            found.accept(last + 1);
        }
    }

    private void close(BitSet states) {
        for (int s = states.nextSetBit(0); s >= 0 && s < elements.length; ) {
            add(states, free(elements[s]), s);
            s = states.nextSetBit(s + 1);
        }
    }

    private static void add(BitSet states, int moves, int from) {
        for (int i = 0; i < 3; i++) {
            if ((moves >> i & 1) != 0) {
                states.set(from + i);
            }
        }
    }

    /// The moves that reading a unit allows: bit 0 to stay, bit 1 to go on.
    private static int step(Element element, int unit) {
        return switch (element) {
            case Element.One one -> one.unit() == unit ? 2 : 0;
            case Element.Any any -> any.separator() != unit ? 2 : 0;
            case Element.OneOf oneOf -> has(oneOf, unit) ? 2 : 0;
            case Element.Run run -> run.separator() != unit ? 1 : 0;
            case Element.SegmentsStart _ -> 0;
            case Element.Segments segments -> segments.separator() == unit ? 3 : 1;
        };
    }

    /// The moves that need no unit: bit 1 to the next state, bit 2 to the one behind it.
    private static int free(Element element) {
        return switch (element) {
            case Element.Run _ -> 2;
            case Element.SegmentsStart _ -> 6;
            case Element.One _, Element.Any _, Element.OneOf _, Element.Segments _ -> 0;
        };
    }

    private static boolean has(Element.OneOf set, int unit) {
        boolean within = false;
        for (int i = 0; i < set.ranges().size() && !within; i++) {
            var range = set.ranges().get(i);
            within = unit >= range.first() && unit <= range.last();
        }
        return within != set.negated() && unit != set.separator();
    }

    /// The unit that begins at a place of a text.
    ///
    /// @param triplets whether `%HH` is one
    static int unit(String text, int at, boolean triplets) {
        int value = triplets && text.charAt(at) == '%' ? hexPair(text, at + 1) : -1;
        return value < 0 ? text.codePointAt(at) : TRIPLET | value;
    }

    /// How many characters of a text a unit takes.
    static int length(int unit) {
        return unit >= TRIPLET ? 3 : Character.charCount(unit);
    }

    /// The value of two hexadecimal digits, or -1.
    static int hexPair(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = hexDigit(text.charAt(at));
        int low = hexDigit(text.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    private static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
