package dev.clawhold.policy.program;

import dev.clawhold.policy.glob.Glob;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// One entry of a rule's list of programs.
///
/// @param path of the executable file
/// @param sha256 hashes of the content that is meant, in lower case; empty: whatever content an
///   exact path had when this sandbox first met it, and any content behind a glob
/// @param descendants whether the processes below a matching one are meant too
/// @param resolved the file that an exact path stands for inside the sandbox, else the path itself
public record ProgramPattern(Glob path, Set<String> sha256, boolean descendants, String resolved) {
    public ProgramPattern {
        sha256 = Set.copyOf(sha256);
    }

    public static ProgramPattern of(Glob path, Set<String> sha256, boolean descendants) {
        return new ProgramPattern(path, sha256, descendants, path.literalText());
    }

    /// Whether one file is meant, not a set of them.
    public boolean isExact() {
        return path.isLiteral();
    }

    ProgramPattern resolvedBy(UnaryOperator<String> resolve) {
        return isExact()
                ? new ProgramPattern(path, sha256, descendants, resolve.apply(path.literalText()))
                : this;
    }

    /// How well a program fits one of the patterns.
    static ProgramMatch best(List<ProgramPattern> patterns, Program.Known program) {
        var best = ProgramMatch.NO;
        for (int i = 0; i < patterns.size(); i++) { // an iterator would be allocated
            best = best.or(patterns.get(i).match(program));
            if (best == ProgramMatch.YES) {
                return best;
            }
        }
        return best;
    }

    private ProgramMatch match(Program.Known program) {
        var best = match(program.executable());
        if (descendants && best != ProgramMatch.YES) {
            var ancestors = program.ancestors();
            for (int i = 0; i < ancestors.size(); i++) {
                best = best.or(match(ancestors.get(i)));
            }
        }
        return best;
    }

    private ProgramMatch match(Executable executable) {
        boolean named =
                isExact()
                        ? executable.path().equals(path.literalText())
                                || executable.path().equals(resolved)
                        : path.matches(executable.path());
        if (!named) {
            return ProgramMatch.NO;
        }
        if (!sha256.isEmpty()) {
            return sha256.contains(executable.sha256())
                    ? ProgramMatch.YES
                    : ProgramMatch.OTHER_HASH;
        }
        return isExact() && executable.changed() ? ProgramMatch.CHANGED : ProgramMatch.YES;
    }
}
