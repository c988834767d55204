package dev.clawhold.policy.reach;

import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.glob.Language;
import dev.clawhold.policy.glob.Partition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All texts of one kind, parted by the patterns of a policy or two, so that each pattern holds a
/// part wholly or not at all.
final class PatternAtoms {
    private final Partition partition;
    private final Map<String, BitSet> byName = new LinkedHashMap<>();
    private final BitSet all = new BitSet();
    private final Atoms atoms;

    /// @param sets by the name that people know them by
    /// @param everything the name of the set of all texts
    PatternAtoms(Glob.Kind kind, Map<String, Language> sets, String everything) {
        partition = Partition.of(kind, List.copyOf(sets.values()));
        all.set(0, partition.size());
        var named = new ArrayList<Atoms.Named>();
        named.add(new Atoms.Named(everything, all));
        int i = 0;
        for (var name : sets.keySet()) {
            byName.put(name, partition.partsOf(i++));
            if (!name.isEmpty() && name.charAt(0) != HIDDEN) {
                named.add(new Atoms.Named(name, byName.get(name)));
            }
        }
        atoms = new Atoms(partition.size(), named);
    }

    /// Begins the name of a set that people need not see.
    static final char HIDDEN = '\0';

    static PatternAtoms of(Glob.Kind kind, List<Glob> globs, String everything) {
        Map<String, Language> sets = new LinkedHashMap<>();
        globs.forEach(glob -> sets.computeIfAbsent(glob.toString(), _ -> Language.of(glob)));
        return new PatternAtoms(kind, sets, everything);
    }

    int size() {
        return partition.size();
    }

    String witness(int atom) {
        return partition.witness(atom);
    }

    /// The atoms that a named set is made of.
    BitSet named(String name) {
        var set = byName.get(name);
        return set == null ? new BitSet() : (BitSet) set.clone();
    }

    BitSet all() {
        return (BitSet) all.clone();
    }

    Atoms atoms() {
        return atoms;
    }

    /// One atom as text.
    String text(int atom) {
        var set = new BitSet();
        set.set(atom);
        return atoms.shape(set).text();
    }
}
