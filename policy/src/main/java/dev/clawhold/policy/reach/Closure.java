package dev.clawhold.policy.reach;

import dev.clawhold.policy.glob.LanguageTooLargeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/// Finds one thing for each way in which a set of things can behave.
final class Closure {
    private static final int MOST = 4_096;

    private Closure() {}

    /// The single things that behave differently, and every join of them that behaves like none
    /// before. Behaviour is a value, and the behaviour of a join follows from that of its parts.
    static <T> List<T> of(List<T> singles, Function<T, ?> behaviour, BinaryOperator<T> join) {
        Set<Object> met = new HashSet<>();
        var kept = new ArrayList<T>();
        for (var single : singles) {
            keep(single, behaviour, met, kept);
        }
        int first = kept.size();
        for (int i = 0; i < kept.size(); i++) {
            for (int j = 0; j < first; j++) {
                keep(join.apply(kept.get(i), kept.get(j)), behaviour, met, kept);
            }
        }
        return kept;
    }

    /// Every way to add one of some choices to one of some things, as far as behaviours differ.
    static <T, C> List<T> product(
            List<T> things, List<C> choices, Join<T, C> join, Function<T, ?> behaviour) {
        Set<Object> met = new HashSet<>();
        var kept = new ArrayList<T>();
        for (var thing : things) {
            for (var choice : choices) {
                keep(join.apply(thing, choice), behaviour, met, kept);
            }
        }
        return kept;
    }

    /// Adds a choice to a thing.
    @FunctionalInterface
    interface Join<T, C> {
        T apply(T thing, C choice);
    }

    private static <T> void keep(T thing, Function<T, ?> behaviour, Set<Object> met, List<T> kept) {
        if (met.add(behaviour.apply(thing))) {
            if (kept.size() == MOST) {
                throw new LanguageTooLargeException(MOST);
            }
            kept.add(thing);
        }
    }
}
