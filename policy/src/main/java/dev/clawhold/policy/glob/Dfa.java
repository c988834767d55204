package dev.clawhold.policy.glob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/// A machine that is in one state at a time, over classes of units. State 0 is the first; where no
/// state follows, nothing that begins so is accepted.
final class Dfa {
    static final int NONE = -1;

    /// No unit is this or above.
    static final int UNITS = Nfa.TRIPLET + 256;

    static final int MOST_STATES = 20_000;

    private static final int[] ONE_CLASS = {0};

    // INVARIANT: sorted, and the first is 0; a class of units ends before the next one starts.
    private final int[] starts;
    // INVARIANT: by state and class, the state that follows, or NONE. Never changed once made.
    private final int[][] next;
    private final BitSet accepting;

    private Dfa(int[] starts, int[][] next, BitSet accepting) {
        this.starts = starts;
        this.next = next;
        this.accepting = accepting;
    }

    /// The first unit of each class.
    int[] starts() {
        return starts.clone();
    }

    /// The state that follows, or `NONE`.
    int next(int state, int unitClass) {
        return next[state][unitClass];
    }

    /// How two sets are joined.
    enum Join {
        UNION,
        INTERSECTION,
        MINUS;

        /// Whether a text of the first set or not, and of the second or not, is of the result.
        boolean holds(boolean first, boolean second) {
            return switch (this) {
                case UNION -> first || second;
                case INTERSECTION -> first && second;
                case MINUS -> first && !second;
            };
        }

        boolean mayHold(int first, int second) {
            return switch (this) {
                case UNION -> first != NONE || second != NONE;
                case INTERSECTION -> first != NONE && second != NONE;
                case MINUS -> first != NONE;
            };
        }
    }

    /// Accepts every text, or none.
    static Dfa constant(boolean everything) {
        var accepting = new BitSet();
        accepting.set(0, everything);
        return new Dfa(ONE_CLASS, new int[][] {{everything ? 0 : NONE}}, accepting);
    }

    /// A machine with some states, whose moves a function tells for each class.
    ///
    /// @param boundaries where classes begin, in any order
    static Dfa of(int[] boundaries, int states, BitSet accepting, IntBinaryOperator move) {
        var starts = sorted(boundaries);
        var next = new int[states][starts.length];
        for (int s = 0; s < states; s++) {
            for (int c = 0; c < starts.length; c++) {
                next[s][c] = move.applyAsInt(s, starts[c]);
            }
        }
        return new Dfa(starts, next, accepting);
    }

    static int[] sorted(int[] boundaries) {
        var all = Arrays.copyOf(boundaries, boundaries.length + 1);
        return Arrays.stream(all).filter(b -> b < UNITS).sorted().distinct().toArray();
    }

    /// The same texts as the pattern machine accepts.
    static Dfa of(Nfa nfa) {
        var found = new ArrayList<Integer>();
        nfa.boundaries(found::add);
        var starts = sorted(found.stream().mapToInt(Integer::intValue).toArray());
        Map<BitSet, Integer> numbers = new HashMap<>();
        List<BitSet> states = new ArrayList<>(List.of(nfa.initial()));
        numbers.put(states.getFirst(), 0);
        List<int[]> next = new ArrayList<>();
        var accepting = new BitSet();
        for (int s = 0; s < states.size(); s++) {
            var from = states.get(s);
            accepting.set(s, nfa.accepts(from));
            var row = new int[starts.length];
            for (int c = 0; c < starts.length; c++) {
                var to = nfa.after(from, starts[c]);
                row[c] = to.isEmpty() ? NONE : number(to, numbers, states);
            }
            next.add(row);
        }
        return new Dfa(starts, next.toArray(new int[0][]), accepting);
    }

    private static <S> int number(S state, Map<S, Integer> numbers, List<S> states) {
        var known = numbers.putIfAbsent(state, states.size());
        if (known != null) {
            return known;
        }
        if (states.size() == MOST_STATES) {
            throw new LanguageTooLargeException(MOST_STATES);
        }
        states.add(state);
        return states.size() - 1;
    }

    /// The machine of both sets, joined.
    Dfa join(Dfa other, Join join) {
        record Pair(int first, int second) {}
        var classes =
                sorted(
                        IntStream.concat(Arrays.stream(starts), Arrays.stream(other.starts))
                                .toArray());
        var mine = classesOf(classes);
        var theirs = other.classesOf(classes);
        Map<Pair, Integer> numbers = new HashMap<>();
        List<Pair> pairs = new ArrayList<>(List.of(new Pair(0, 0)));
        numbers.put(pairs.getFirst(), 0);
        List<int[]> rows = new ArrayList<>();
        var accepted = new BitSet();
        for (int s = 0; s < pairs.size(); s++) {
            var pair = pairs.get(s);
            accepted.set(s, join.holds(accepts(pair.first), other.accepts(pair.second)));
            var row = new int[classes.length];
            for (int c = 0; c < classes.length; c++) {
                int first = after(pair.first, mine[c]);
                int second = other.after(pair.second, theirs[c]);
                row[c] =
                        join.mayHold(first, second)
                                ? number(new Pair(first, second), numbers, pairs)
                                : NONE;
            }
            rows.add(row);
        }
        return new Dfa(classes, rows.toArray(new int[0][]), accepted).trimmed();
    }

    /// My class for each of some finer classes.
    int[] classesOf(int[] finer) {
        return Arrays.stream(finer).map(this::classOf).toArray();
    }

    int classOf(int unit) {
        int at = Arrays.binarySearch(starts, unit);
        return at < 0 ? -at - 2 : at;
    }

    /// The unit behind the last of a class.
    int endOf(int unitClass) {
        return unitClass + 1 < starts.length ? starts[unitClass + 1] : UNITS;
    }

    boolean accepts(int state) {
        return state != NONE && accepting.get(state);
    }

    private int after(int state, int unitClass) {
        return state == NONE ? NONE : next[state][unitClass];
    }

    boolean accepts(String text, boolean triplets) {
        int state = 0;
        for (int at = 0; at < text.length() && state != NONE; ) {
            int unit = Nfa.unit(text, at, triplets);
            at += Nfa.length(unit);
            state = next[state][classOf(unit)];
        }
        return accepts(state);
    }

    boolean isEmpty() {
        return accepting.isEmpty();
    }

    /// Without the states from which nothing can be accepted any more. Every state is reached from
    /// the first, as all that make machines see to it.
    private Dfa trimmed() {
        var useful = useful();
        if (useful.cardinality() == next.length) {
            return this;
        }
        if (!useful.get(0)) {
            return constant(false);
        }
        var numbers = new int[next.length];
        Arrays.fill(numbers, NONE);
        int kept = 0;
        for (int s = useful.nextSetBit(0); s >= 0; s = useful.nextSetBit(s + 1)) {
            numbers[s] = kept++;
        }
        return renumbered(numbers, kept);
    }

    /// The states from which something can be accepted.
    private BitSet useful() {
        var before = new ArrayList<List<Integer>>();
        for (int s = 0; s < next.length; s++) {
            before.add(new ArrayList<>());
        }
        for (int s = 0; s < next.length; s++) {
            for (int to : next[s]) {
                if (to != NONE) {
                    before.get(to).add(s);
                }
            }
        }
        var useful = (BitSet) accepting.clone();
        var open = new ArrayList<Integer>();
        accepting.stream().forEach(open::add);
        while (!open.isEmpty()) {
            for (int s : before.get(open.removeLast())) {
                if (!useful.get(s)) {
                    useful.set(s);
                    open.add(s);
                }
            }
        }
        return useful;
    }

    /// Each state under its new number; states of one number are alike, those without one go.
    private Dfa renumbered(int[] numbers, int count) {
        var rows = new int[count][];
        var accepted = new BitSet();
        for (int s = 0; s < next.length; s++) {
            if (numbers[s] != NONE && rows[numbers[s]] == null) {
                rows[numbers[s]] =
                        Arrays.stream(next[s]).map(to -> to == NONE ? NONE : numbers[to]).toArray();
                accepted.set(numbers[s], accepting.get(s));
            }
        }
        return new Dfa(starts, rows, accepted);
    }

    /// The one smallest machine of the same texts, whose states and classes are numbered as they
    /// are met: machines of equal sets are equal.
    Dfa minimised() {
        var trimmed = trimmed();
        var groups = new int[trimmed.next.length];
        int count = trimmed.accepting.cardinality() == groups.length ? 1 : 2;
        for (int s = 0; s < groups.length; s++) {
            groups[s] = trimmed.accepting.get(s) || count == 1 ? 0 : 1;
        }
        if (trimmed.isEmpty()) {
            return constant(false);
        }
        for (int before = 0; before != count; ) {
            before = count;
            count = trimmed.refine(groups);
        }
        return trimmed.renumbered(groups, count).withFewestClasses();
    }

    /// Parts states whose next states are in different groups; groups are numbered as they are met
    /// in the order of states, so the first state's is 0.
    private int refine(int[] groups) {
        Map<Numbers, Integer> numbers = new HashMap<>();
        var refined = new int[groups.length];
        for (int s = 0; s < groups.length; s++) {
            var row = new int[starts.length + 1];
            for (int c = 0; c < starts.length; c++) {
                row[c] = next[s][c] == NONE ? NONE : groups[next[s][c]];
            }
            row[starts.length] = groups[s];
            int number = numbers.size();
            var known = numbers.putIfAbsent(new Numbers(row), number);
            refined[s] = known == null ? number : known;
        }
        Arrays.setAll(groups, s -> refined[s]);
        return numbers.size();
    }

    private Dfa withFewestClasses() {
        var kept = new ArrayList<Integer>();
        for (int c = 0; c < starts.length; c++) {
            int unitClass = c;
            if (c == 0 || Arrays.stream(next).anyMatch(r -> r[unitClass] != r[unitClass - 1])) {
                kept.add(c);
            }
        }
        var classes = kept.stream().mapToInt(c -> starts[c]).toArray();
        var rows =
                Arrays.stream(next)
                        .map(row -> kept.stream().mapToInt(c -> row[c]).toArray())
                        .toArray(int[][]::new);
        return new Dfa(classes, rows, accepting).inOrder();
    }

    /// With states numbered as a walk through all classes first meets them.
    private Dfa inOrder() {
        var numbers = new int[next.length];
        Arrays.fill(numbers, NONE);
        var met = new ArrayList<>(List.of(0));
        numbers[0] = 0;
        for (int i = 0; i < met.size(); i++) {
            for (int to : next[met.get(i)]) {
                if (to != NONE && numbers[to] == NONE) {
                    numbers[to] = met.size();
                    met.add(to);
                }
            }
        }
        return renumbered(numbers, met.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dfa that
                && Arrays.equals(starts, that.starts)
                && Arrays.deepEquals(next, that.next)
                && accepting.equals(that.accepting);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(next) + accepting.hashCode();
    }

    @Override
    public String toString() {
        return next.length + " states over " + starts.length + " classes";
    }
}
