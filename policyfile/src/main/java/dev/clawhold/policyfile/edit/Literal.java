package dev.clawhold.policyfile.edit;

import java.util.List;

/// Text of several lines after `|`, as YAML 1.2 § 8.1.2 has it.
final class Literal {
    private Literal() {}

    /// Whether the text can stand so: it has several lines, and no blanks that would be lost.
    static boolean isPossible(Tree.Text text) {
        var lines = text.text().split("\n", -1);
        return !text.plain()
                && lines.length > 1
                && !lines[0].isEmpty()
                && !(lines[lines.length - 1].isEmpty() && lines[lines.length - 2].isEmpty())
                && List.of(lines).stream().allMatch(Literal::isOrdinary)
                && !Character.isWhitespace(lines[0].charAt(0));
    }

    private static boolean isOrdinary(String line) {
        return line.equals(line.stripTrailing())
                && line.codePoints()
                        .noneMatch(c ->
                                c < 0x20
                                        || c == 0x7F
                                        || c == 0xFEFF
                                        || c == 0x85
                                        || c == 0x2028
                                        || c == 0x2029);
    }

    static String head(Tree.Text text) {
        return text.text().endsWith("\n") ? "|" : "|-";
    }

    static List<String> lines(Tree.Text text) {
        var whole = text.text();
        var kept = whole.endsWith("\n") ? whole.substring(0, whole.length() - 1) : whole;
        return List.of(kept.split("\n", -1));
    }
}
