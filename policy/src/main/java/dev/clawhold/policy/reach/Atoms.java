package dev.clawhold.policy.reach;

import dev.clawhold.policy.reach.Shape.Term;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Numbered things that some named sets are made of, and how sets of them are told to people.
final class Atoms {

    /// A set that has a name: a pattern, or all.
    record Named(String name, BitSet members) {}

    private final int size;
    // INVARIANT: the largest first, all of them not empty.
    private final List<Named> named;

    /// @param named among them one that holds all atoms
    Atoms(int size, List<Named> named) {
        this.size = size;
        this.named =
                named.stream()
                        .filter(n -> !n.members().isEmpty())
                        .sorted(
                                Comparator.comparingInt((Named n) -> -n.members().cardinality())
                                        .thenComparing(Named::name))
                        .toList();
    }

    int size() {
        return size;
    }

    /// The set in as few names as a simple search finds: whole named sets, then such with
    /// exceptions, then what is left atom by atom.
    Shape shape(BitSet set) {
        var terms = new ArrayList<Term>();
        var rest = (BitSet) set.clone();
        for (var name : named) {
            if (rest.intersects(name.members()) && isWithin(name.members(), set)) {
                terms.add(new Term(List.of(name.name()), List.of()));
                rest.andNot(name.members());
            }
        }
        for (var name : named) {
            if (rest.intersects(name.members())) {
                exceptions(name.members(), set)
                        .ifPresent(except -> {
                            terms.add(new Term(List.of(name.name()), except));
                            rest.andNot(name.members());
                        });
            }
        }
        rest.stream().forEach(atom -> terms.add(single(atom)));
        return new Shape(terms);
    }

    private static boolean isWithin(BitSet part, BitSet whole) {
        var outside = (BitSet) part.clone();
        outside.andNot(whole);
        return outside.isEmpty();
    }

    /// The named sets that take away from one what is not in another, if some do so exactly.
    private Optional<List<String>> exceptions(BitSet from, BitSet set) {
        var surplus = (BitSet) from.clone();
        surplus.andNot(set);
        var except = new ArrayList<String>();
        for (var name : named) {
            if (surplus.intersects(name.members()) && !name.members().intersects(set)) {
                except.add(name.name());
                surplus.andNot(name.members());
            }
        }
        return surplus.isEmpty() ? Optional.of(except) : Optional.empty();
    }

    private Term single(int atom) {
        var in = new ArrayList<String>();
        var common = new BitSet();
        common.set(0, size);
        for (var name : named.reversed()) {
            if (name.members().get(atom) && !isWithin(common, name.members())) {
                in.add(name.name());
                common.and(name.members());
            }
        }
        common.clear(atom);
        var except = new ArrayList<String>();
        for (var name : named) {
            if (!name.members().get(atom) && name.members().intersects(common)) {
                except.add(name.name());
                common.andNot(name.members());
            }
        }
        return new Term(in.isEmpty() ? List.of(named.getFirst().name()) : in, except);
    }
}
