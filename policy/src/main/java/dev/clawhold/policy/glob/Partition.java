package dev.clawhold.policy.glob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// All canonical texts of one kind, parted into the fewest parts on each of which every one of some
/// sets is constant: a part is inside a set or outside it. What holds for one text of a part, as
/// far as these sets tell, holds for all of them.
public final class Partition {
    private static final int MOST_STATES = 400_000;
    private static final int MOST_PARTS = 20_000;

    private final List<String> witnesses;
    private final List<BitSet> bySet;

    private Partition(List<String> witnesses, List<BitSet> bySet) {
        this.witnesses = witnesses;
        this.bySet = bySet;
    }

    /// The parts that some sets make; equal sets may come more than once.
    ///
    /// @throws LanguageTooLargeException if the sets overlap in too many ways
    public static Partition of(Glob.Kind kind, List<Language> sets) {
        var found = new Walk(kind, sets).parts();
        var bySet = new ArrayList<BitSet>();
        for (int i = 0; i < sets.size(); i++) {
            bySet.add(new BitSet());
        }
        int part = 0;
        for (var members : found.keySet()) {
            int number = part++;
            members.stream().forEach(set -> bySet.get(set).set(number));
        }
        return new Partition(List.copyOf(found.values()), bySet);
    }

    /// How many parts there are, each with its number from 0.
    public int size() {
        return witnesses.size();
    }

    /// A shortest text of a part.
    public String witness(int part) {
        return witnesses.get(part);
    }

    /// The parts that one of the sets is made of, by the set's place in the list.
    public BitSet partsOf(int set) {
        return (BitSet) bySet.get(set).clone();
    }

    /// One walk through all machines at once, the shortest texts first. A state is the states of
    /// those machines that can still accept: few, as most patterns begin or end alike with nothing.
    private static final class Walk {
        /// @param machines those that can still accept
        /// @param states one for each of them
        private record State(Numbers machines, Numbers states) {}

        /// How a state was first reached.
        private record Step(State state, int canonical, int before, int unit) {}

        private record Key(State state, int canonical) {}

        private final Dfa canonical;
        private final List<Dfa> machines;
        private final int[] starts;
        private final int[] units;
        private final int[] order;
        private final int[][] classes;
        private final int[] canonicalClasses;
        private final Map<Key, Integer> met = new HashMap<>();
        private final List<Step> steps = new ArrayList<>();

        Walk(Glob.Kind kind, List<Language> sets) {
            canonical = Language.all(kind).machine();
            machines = sets.stream().map(Language::machine).toList();
            var boundaries = new TreeSet<Integer>();
            Arrays.stream(canonical.starts()).forEach(boundaries::add);
            machines.forEach(m -> Arrays.stream(m.starts()).forEach(boundaries::add));
            starts = boundaries.stream().mapToInt(Integer::intValue).toArray();
            units = new int[starts.length];
            Arrays.setAll(
                    units,
                    c ->
                            Witness.readable(
                                    starts[c], c + 1 < starts.length ? starts[c + 1] : Dfa.UNITS));
            order = Witness.inOrder(units);
            classes = machines.stream().map(m -> m.classesOf(starts)).toArray(int[][]::new);
            canonicalClasses = canonical.classesOf(starts);
        }

        /// The sets that hold each part, with the part's shortest text.
        Map<BitSet, String> parts() {
            Map<BitSet, String> parts = new LinkedHashMap<>();
            meet(first(), 0, -1, -1);
            for (int i = 0; i < steps.size(); i++) {
                var step = steps.get(i);
                if (canonical.accepts(step.canonical)) {
                    var members = accepting(step.state);
                    if (!parts.containsKey(members)) {
                        parts.put(members, text(step));
                    }
                    if (parts.size() > MOST_PARTS) {
                        throw new LanguageTooLargeException(MOST_PARTS);
                    }
                }
                for (int c : order) {
                    int to = canonical.next(step.canonical, canonicalClasses[c]);
                    if (to != Dfa.NONE) {
                        meet(after(step.state, c), to, i, units[c]);
                    }
                }
            }
            return parts;
        }

        private State first() {
            var live = new int[machines.size()];
            int count = 0;
            for (int m = 0; m < live.length; m++) {
                if (!machines.get(m).isEmpty()) {
                    live[count++] = m;
                }
            }
            return state(live, new int[count], count);
        }

        private State after(State state, int unitClass) {
            int size = state.machines.size();
            var live = new int[size];
            var states = new int[size];
            int count = 0;
            for (int i = 0; i < size; i++) {
                int m = state.machines.at(i);
                int to = machines.get(m).next(state.states.at(i), classes[m][unitClass]);
                if (to != Dfa.NONE) {
                    live[count] = m;
                    states[count++] = to;
                }
            }
            return state(live, states, count);
        }

        private static State state(int[] machines, int[] states, int count) {
            return new State(
                    new Numbers(Arrays.copyOf(machines, count)),
                    new Numbers(Arrays.copyOf(states, count)));
        }

        private void meet(State state, int canonicalState, int before, int unit) {
            if (met.putIfAbsent(new Key(state, canonicalState), steps.size()) == null) {
                if (steps.size() == MOST_STATES) {
                    throw new LanguageTooLargeException(MOST_STATES);
                }
                steps.add(new Step(state, canonicalState, before, unit));
            }
        }

        private BitSet accepting(State state) {
            var members = new BitSet();
            for (int i = 0; i < state.machines.size(); i++) {
                if (machines.get(state.machines.at(i)).accepts(state.states.at(i))) {
                    members.set(state.machines.at(i));
                }
            }
            return members;
        }

        private String text(Step last) {
            var reversed = new ArrayList<Integer>();
            for (var step = last; step.before >= 0; step = steps.get(step.before)) {
                reversed.add(step.unit);
            }
            return Witness.text(reversed.reversed());
        }
    }
}
