package dev.clawhold.policyfile;

import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.confinement.FileRules;
import dev.clawhold.policy.confinement.PathRule;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.program.ProgramPattern;
import dev.clawhold.policy.program.Programs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The `binaries` of a rule.
final class BinariesReader {
    private static final int MOST_BINARIES = 1_000;
    private static final List<String> KEYS = List.of("path", "sha256", "descendants", "harness");

    private final Problems problems;
    private final FileRules files;

    BinariesReader(Problems problems, FileRules files) {
        this.problems = problems;
        this.files = files;
    }

    /// Which programs the rule is about.
    ///
    /// @param place where the rule stands
    Programs read(Section rule, Place place) {
        var node = rule.get("binaries");
        if (node.isEmpty()) {
            problems.add(
                    place,
                    Code.W01,
                    "a rule without binaries is for every program",
                    "list programs, or write `binaries: any`");
            return Programs.any();
        }
        return switch (node.get()) {
            case Node.Scalar scalar when scalar.text().equals("any") -> Programs.any();
            case Node.Scalar scalar when scalar.isNull() -> empty(scalar.place());
            case Node.Items list when list.items().isEmpty() -> empty(list.place());
            case Node.Items list -> listed(rule, list);
            case Node.Scalar _, Node.Fields _ -> {
                problems.add(
                        node.get().place(),
                        Code.E04,
                        "binaries must be a list of programs, or `any`: " + node.get().kind(),
                        "begin each program with `- `");
                yield Programs.any();
            }
        };
    }

    private Programs empty(Place place) {
        problems.add(
                place,
                Code.E08,
                "binaries is empty: no program could use this rule",
                "list programs, or write `binaries: any`");
        return Programs.any();
    }

    private Programs listed(Section rule, Node.Items list) {
        rule.bound("binaries", list.items().size(), MOST_BINARIES);
        var patterns = new ArrayList<ProgramPattern>();
        for (var item : list.items()) {
            (item instanceof Node.Scalar
                            ? rule.scalar(item, "a program", "a path").flatMap(this::bare)
                            : described(item))
                    .ifPresent(patterns::add);
        }
        return Programs.listed(patterns);
    }

    private Optional<ProgramPattern> bare(Node.Scalar path) {
        var glob = glob(path);
        glob.ifPresent(g -> warnReplaceable(path, g));
        return glob.map(g -> ProgramPattern.of(g, Set.of(), true));
    }

    private Optional<ProgramPattern> described(Node item) {
        var section = Section.of(item, "a program", "a binary", problems, KEYS);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        var binary = section.get();
        if (!binary.has("path")) {
            problems.add(binary.place(), Code.E06, "path is missing");
        }
        if (binary.bool("harness").isPresent()) {
            problems.add(binary.place("harness"), Code.W04, "harness has no meaning here");
        }
        var hashes = hashes(binary);
        boolean descendants = binary.bool("descendants", true);
        var path = binary.scalar("path", "a path");
        var glob = path.flatMap(this::glob);
        if (hashes.isEmpty() && glob.isPresent()) {
            warnReplaceable(path.get(), glob.get());
        }
        return glob.map(g -> ProgramPattern.of(g, hashes, descendants));
    }

    private Set<String> hashes(Section binary) {
        var hashes = new LinkedHashSet<String>();
        var values =
                binary.get("sha256")
                        .map(node -> node instanceof Node.Items list ? list.items() : List.of(node))
                        .orElse(List.of());
        if (binary.has("sha256") && values.isEmpty()) {
            problems.add(
                    binary.valuePlace("sha256"),
                    Code.E08,
                    "sha256 is empty: no program could use this rule");
        }
        for (var value : values) {
            var scalar = binary.scalar(value, "sha256", "64 hex digits");
            if (scalar.isPresent() && !Values.isSha256(scalar.get().text())) {
                problems.add(
                        value.place(),
                        Code.E23,
                        "sha256 needs 64 hex digits",
                        "`sha256sum` prints them");
            }
            scalar.ifPresent(hash -> hashes.add(hash.text().toLowerCase(Locale.ROOT)));
        }
        return hashes;
    }

    private Optional<Glob> glob(Node.Scalar path) {
        var text = path.text();
        if (text.length() > HostReader.LONGEST_PATTERN) {
            problems.add(path.place(), Code.E18, "path is longer than 1024 characters");
            return Optional.empty();
        }
        return switch (Glob.read(Glob.Kind.BINARY, text)) {
            case Glob.Read.Bad(var message) -> {
                problems.add(path.place(), Code.E13, message);
                yield Optional.empty();
            }
            case Glob.Read.Good(var glob, boolean loose) -> {
                if (!glob.expansions().stream().allMatch(BinariesReader::isAbsolute)) {
                    problems.add(
                            path.place(),
                            Code.E09,
                            "path " + Quote.of(text) + " is not absolute",
                            "write the whole path, such as `/usr/bin/curl`");
                }
                if (loose) {
                    warnLoose(path, problems);
                }
                yield Optional.of(glob);
            }
        };
    }

    static void warnLoose(Node.Scalar pattern, Problems problems) {
        problems.add(
                pattern.place(),
                Code.W12,
                "`**` beside other characters is taken as `*` in " + Quote.of(pattern.text()));
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("/") || path.startsWith("**");
    }

    private void warnReplaceable(Node.Scalar path, Glob glob) {
        if (glob.expansions().stream().anyMatch(this::isReplaceable)) {
            problems.add(
                    path.place(),
                    Code.W08,
                    "the sandbox can write a file that " + Quote.of(path.text()) + " matches",
                    "list a path that is read-only, or pin `sha256`");
        }
    }

    private boolean isReplaceable(String pattern) {
        int wildcard = 0;
        while (wildcard < pattern.length() && "*?[\\".indexOf(pattern.charAt(wildcard)) < 0) {
            wildcard++;
        }
        var prefix = pattern.substring(0, wildcard);
        boolean below = wildcard < pattern.length();
        boolean inside =
                files.paths().stream()
                        .filter(rule -> contains(rule.path(), prefix))
                        .max(Comparator.comparingInt(rule -> rule.path().length()))
                        .map(PathRule::access)
                        .filter(Access.READ_WRITE::equals)
                        .isPresent();
        return inside
                || (below
                        && files.paths().stream()
                                .filter(rule -> rule.access() == Access.READ_WRITE)
                                .filter(rule -> !rule.path().startsWith("/dev/"))
                                .anyMatch(rule -> (rule.path() + "/").startsWith(prefix)));
    }

    private static boolean contains(String tree, String path) {
        return tree.equals("/") || path.equals(tree) || path.startsWith(tree + "/");
    }
}
