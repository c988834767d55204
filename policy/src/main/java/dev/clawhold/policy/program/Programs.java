package dev.clawhold.policy.program;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Which programs a rule is about.
public sealed interface Programs {

    /// Every program, also one that could not be identified.
    record Any() implements Programs {}

    /// The programs that one of these patterns fits.
    record Listed(List<ProgramPattern> patterns) implements Programs {
        public Listed {
            patterns = List.copyOf(patterns);
        }
    }

    static Programs any() {
        return new Any();
    }

    static Programs listed(List<ProgramPattern> patterns) {
        return new Listed(patterns);
    }

    /// The paths that mean one file each.
    default Stream<String> exactPaths() {
        return switch (this) {
            case Any _ -> Stream.empty();
            case Listed(var patterns) ->
                    patterns.stream()
                            .filter(ProgramPattern::isExact)
                            .map(pattern -> pattern.path().literalText());
        };
    }

    /// The same programs whose exact paths also match what they resolve to.
    default Programs resolved(UnaryOperator<String> resolve) {
        return switch (this) {
            case Any any -> any;
            case Listed(var patterns) ->
                    new Listed(patterns.stream().map(p -> p.resolvedBy(resolve)).toList());
        };
    }

    /// How well a program fits.
    default ProgramMatch match(Program program) {
        return switch (this) {
            case Any _ -> ProgramMatch.YES;
            case Listed(var patterns) ->
                    switch (program) {
                        case Program.Unknown _ -> ProgramMatch.UNKNOWN;
                        case Program.Known known -> ProgramPattern.best(patterns, known);
                    };
        };
    }
}
