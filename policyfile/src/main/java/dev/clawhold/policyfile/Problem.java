package dev.clawhold.policyfile;

import java.util.Comparator;
import java.util.Optional;

/// Something wrong or doubtful at one place of a policy file.
///
/// @param line from 1
/// @param column from 1, in characters
/// @param message lower-case, without a full stop, input in backticks
/// @param hint what to do about it
public record Problem(
        String file,
        int line,
        int column,
        Code code,
        boolean warning,
        String message,
        Optional<String> hint) {
    static final Comparator<Problem> BY_PLACE =
            Comparator.comparingInt(Problem::line)
                    .thenComparingInt(Problem::column)
                    .thenComparing(Problem::code);

    /// `file:line:col: message`, and the hint on a second line.
    @Override
    public String toString() {
        var kind = warning ? "warning: " : "";
        var place = file + ":" + line + ":" + column + ": ";
        return place + kind + message + hint.map(text -> "\nhint: " + text).orElse("");
    }
}
