package dev.clawhold.policy.glob;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A set of canonical texts of one kind, as patterns describe it: joined, compared and shown as a
/// set, not by samples. Two that hold the same texts are equal. Immutable.
///
/// Every operation on two sets wants both of one kind, and every one of them may throw
/// `LanguageTooLargeException`.
public final class Language {
    private final Glob.Kind kind;
    // INVARIANT: the smallest machine of the texts, so equal sets have equal machines.
    private final Dfa machine;

    private Language(Glob.Kind kind, Dfa machine) {
        this.kind = kind;
        this.machine = machine;
    }

    /// The canonical texts among those that a machine accepts.
    static Language of(Glob.Kind kind, Dfa machine) {
        return new Language(
                kind, machine.join(Canonical.of(kind), Dfa.Join.INTERSECTION).minimised());
    }

    /// The texts that a pattern matches.
    public static Language of(Glob glob) {
        var machine =
                glob.machines().stream()
                        .map(Dfa::of)
                        .reduce((a, b) -> a.join(b, Dfa.Join.UNION))
                        .orElseGet(() -> Dfa.constant(false));
        return of(glob.kind(), machine);
    }

    /// This one text; nothing if it is not canonical.
    public static Language exactly(Glob.Kind kind, String text) {
        var elements = new ArrayList<Nfa.Element>();
        boolean triplets = kind == Glob.Kind.PATH;
        for (int at = 0; at < text.length(); ) {
            int unit = Nfa.unit(text, at, triplets);
            elements.add(new Nfa.Element.One(unit));
            at += Nfa.length(unit);
        }
        return of(kind, Dfa.of(new Nfa(elements, triplets)));
    }

    /// Every canonical text: names of hosts without numbers in any notation, request paths as they
    /// are forwarded, absolute paths of files, values of Unicode characters.
    public static Language all(Glob.Kind kind) {
        return of(kind, Dfa.constant(true));
    }

    public static Language none(Glob.Kind kind) {
        return new Language(kind, Dfa.constant(false));
    }

    public Language union(Language other) {
        return join(other, Dfa.Join.UNION);
    }

    public Language intersection(Language other) {
        return join(other, Dfa.Join.INTERSECTION);
    }

    public Language minus(Language other) {
        return join(other, Dfa.Join.MINUS);
    }

    /// Every other canonical text.
    public Language complement() {
        return all(kind).minus(this);
    }

    private Language join(Language other, Dfa.Join join) {
        if (kind != other.kind) {
            throw new IllegalArgumentException("no set has both " + kind + " and " + other.kind);
        }
        return new Language(kind, machine.join(other.machine, join).minimised());
    }

    public boolean isEmpty() {
        return machine.isEmpty();
    }

    public boolean contains(String text) {
        return machine.accepts(text, kind == Glob.Kind.PATH);
    }

    /// Whether every text of the other is in this one too.
    public boolean covers(Language other) {
        return other.minus(this).isEmpty();
    }

    /// Whether some text is in both.
    public boolean meets(Language other) {
        return !intersection(other).isEmpty();
    }

    public Glob.Kind kind() {
        return kind;
    }

    /// A shortest text of the set, of plain letters where it has one; nothing of an empty set.
    public Optional<String> witness() {
        return Witness.of(machine);
    }

    /// Patterns that together match exactly this set, at most 8; empty if none were found. Of two
    /// sets that patterns describe, the difference need not be one.
    public Optional<List<String>> globs() {
        return Spelled.of(this);
    }

    Dfa machine() {
        return machine;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Language that && kind == that.kind && machine.equals(that.machine);
    }

    @Override
    public int hashCode() {
        return machine.hashCode();
    }

    @Override
    public String toString() {
        return globs().map(globs -> String.join(" ", globs))
                .or(() -> witness().map(text -> "texts such as " + text))
                .orElse("nothing");
    }
}
