package dev.clawhold.policy.reach;

import dev.clawhold.policy.Rule;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.glob.Language;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.program.ProgramMatch;
import dev.clawhold.policy.program.ProgramPattern;
import dev.clawhold.policy.program.Programs;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All programs that rules can tell apart. An atom is a file in one of two roles: as the program
/// that asks, or as an ancestor of one that no rule names; the last atom is a program that nobody
/// could identify.
final class ProgramAtoms {
    private static final String UNPINNED = "0".repeat(64);
    private static final String AMONG = PatternAtoms.HIDDEN + "among";

    /// The atoms of one place that fit the same rules, with one of them.
    ///
    /// @param matches what each list of programs says
    record Group(BitSet atoms, List<ProgramMatch> matches, Program witness) {}

    private record File(int path, Executable executable) {}

    private final PatternAtoms paths;
    private final List<File> files = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();
    private final Map<Programs, List<ProgramMatch>> tested = new HashMap<>();
    private final Atoms atoms;
    private final BitSet asked;

    /// @param among only these programs count as ones that ask, where given
    ProgramAtoms(Stream<Rule> rules, Optional<Language> among) {
        var patterns =
                rules.map(Rule::programs)
                        .distinct()
                        .flatMap(ProgramAtoms::patterns)
                        .distinct()
                        .toList();
        Map<String, Language> sets = new LinkedHashMap<>();
        for (var pattern : patterns) {
            sets.computeIfAbsent(pattern.path().toString(), _ -> Language.of(pattern.path()));
            if (pattern.isExact()) {
                sets.computeIfAbsent(
                        resolvedName(pattern),
                        _ -> Language.exactly(Glob.Kind.BINARY, pattern.resolved()));
            }
        }
        among.ifPresent(set -> sets.put(AMONG, set));
        paths = new PatternAtoms(Glob.Kind.BINARY, sets, "any program");
        for (int path = 0; path < paths.size(); path++) {
            addFiles(path, patterns);
        }
        addPrograms(patterns);
        atoms = new Atoms(programs.size(), named(patterns));
        asked = among.isEmpty() ? all() : ofPaths(paths.named(AMONG));
    }

    private static String resolvedName(ProgramPattern pattern) {
        return PatternAtoms.HIDDEN + pattern.resolved();
    }

    private static Stream<ProgramPattern> patterns(Programs programs) {
        return switch (programs) {
            case Programs.Any _ -> Stream.empty();
            case Programs.Listed(var patterns) -> patterns.stream();
        };
    }

    /// One file for each content that some pattern on the path can tell from others.
    private void addFiles(int path, List<ProgramPattern> patterns) {
        var on = patterns.stream().filter(p -> onPath(p, path)).toList();
        var text = paths.witness(path);
        files.add(new File(path, new Executable(text, UNPINNED, false)));
        if (on.stream().anyMatch(p -> p.isExact() && p.sha256().isEmpty())) {
            files.add(new File(path, new Executable(text, UNPINNED, true)));
        }
        on.stream()
                .flatMap(p -> p.sha256().stream())
                .distinct()
                .sorted()
                .forEach(hash -> files.add(new File(path, new Executable(text, hash, false))));
    }

    private boolean onPath(ProgramPattern pattern, int path) {
        return paths.named(pattern.path().toString()).get(path)
                || paths.named(resolvedName(pattern)).get(path);
    }

    private void addPrograms(List<ProgramPattern> patterns) {
        files.forEach(file -> programs.add(new Program.Known(file.executable(), List.of(), 1)));
        var plainest =
                files.stream()
                        .min(
                                Comparator.comparingLong((File file) ->
                                        patterns.stream()
                                                .filter(p -> onPath(p, file.path()))
                                                .count()))
                        .orElseThrow();
        files.forEach(file ->
                programs.add(
                        new Program.Known(plainest.executable(), List.of(file.executable()), 1)));
        programs.add(new Program.Unknown("unknown", 1));
    }

    private BitSet all() {
        var all = new BitSet();
        all.set(0, programs.size());
        return all;
    }

    private BitSet ofPaths(BitSet some) {
        var set = new BitSet();
        for (int i = 0; i < files.size(); i++) {
            set.set(i, some.get(files.get(i).path()));
        }
        return set;
    }

    private List<Atoms.Named> named(List<ProgramPattern> patterns) {
        Map<String, BitSet> named = new LinkedHashMap<>();
        named.put("any program", all());
        var files = new BitSet();
        files.set(0, this.files.size());
        named.put("any program itself", files);
        named.put("programs below any program", below(files));
        var unknown = new BitSet();
        unknown.set(programs.size() - 1);
        named.put("unidentified programs", unknown);
        for (var pattern : patterns) {
            name(text(pattern), matching(pattern), named);
            var others = filesOn(pattern);
            others.andNot(matching(pattern));
            name(pattern.path() + " with other content", others, named);
        }
        return named.entrySet().stream()
                .map(e -> new Atoms.Named(e.getKey(), e.getValue()))
                .toList();
    }

    private void name(String name, BitSet self, Map<String, BitSet> named) {
        var below = below(self);
        var both = (BitSet) self.clone();
        both.or(below);
        named.putIfAbsent(name, both);
        named.putIfAbsent(name + " itself", self);
        named.putIfAbsent("programs below " + name, below);
    }

    private BitSet below(BitSet self) {
        var below = new BitSet();
        self.stream().forEach(file -> below.set(files.size() + file));
        return below;
    }

    private BitSet filesOn(ProgramPattern pattern) {
        var set = new BitSet();
        for (int i = 0; i < files.size(); i++) {
            set.set(i, onPath(pattern, files.get(i).path()));
        }
        return set;
    }

    private BitSet matching(ProgramPattern pattern) {
        var list = Programs.listed(List.of(pattern));
        var set = new BitSet();
        for (int i = 0; i < files.size(); i++) {
            set.set(i, list.match(programs.get(i)) == ProgramMatch.YES);
        }
        return set;
    }

    private static String text(ProgramPattern pattern) {
        var pinned =
                pattern.sha256().stream()
                        .map(hash -> hash.substring(0, Math.min(12, hash.length())))
                        .sorted()
                        .toList();
        return pattern.path()
                + (pinned.isEmpty() ? "" : " with sha256 " + String.join(" or ", pinned));
    }

    Shape shape(BitSet some) {
        return atoms.shape(some);
    }

    /// The programs that some lists can tell apart.
    List<Group> groups(List<Programs> lists) {
        Map<List<ProgramMatch>, BitSet> found = new LinkedHashMap<>();
        asked.stream()
                .forEach(i -> found.computeIfAbsent(matches(lists, i), _ -> new BitSet()).set(i));
        var groups = new ArrayList<Group>();
        found.forEach((matches, set) ->
                groups.add(new Group(set, matches, programs.get(set.nextSetBit(0)))));
        return groups;
    }

    private List<ProgramMatch> matches(List<Programs> lists, int program) {
        return lists.stream().map(list -> tested(list).get(program)).toList();
    }

    private List<ProgramMatch> tested(Programs list) {
        return tested.computeIfAbsent(list, _ -> programs.stream().map(list::match).toList());
    }

    /// Programs that fit rules in a way that no single file does, as one runs below others.
    List<Group> chains(List<Group> singles) {
        var joined =
                Closure.of(
                        singles.stream().filter(g -> g.witness() instanceof Program.Known).toList(),
                        Group::matches,
                        ProgramAtoms::below);
        return joined.stream().filter(g -> !singles.contains(g)).toList();
    }

    private static Group below(Group one, Group other) {
        var matches = new ArrayList<ProgramMatch>();
        for (int i = 0; i < one.matches().size(); i++) {
            matches.add(one.matches().get(i).or(other.matches().get(i)));
        }
        var both = (BitSet) one.atoms().clone();
        both.or(other.atoms());
        return new Group(both, matches, below(one.witness(), other.witness()));
    }

    private static Program below(Program one, Program other) {
        return switch (one) {
            case Program.Unknown unknown -> unknown;
            case Program.Known(var executable, var ancestors, _) ->
                    switch (other) {
                        case Program.Unknown unknown -> unknown;
                        case Program.Known(var parent, var others, _) ->
                                new Program.Known(
                                        executable,
                                        Stream.of(
                                                        ancestors.stream(),
                                                        Stream.of(parent),
                                                        others.stream())
                                                .flatMap(s -> s)
                                                .toList(),
                                        1);
                    };
        };
    }
}
