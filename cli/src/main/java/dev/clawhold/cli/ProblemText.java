package dev.clawhold.cli;

import dev.clawhold.policyfile.Problem;
import java.io.PrintWriter;
import java.util.List;

/// The problems of a policy file, for people and for scripts.
final class ProblemText {
    private ProblemText() {}

    /// Prints `file:line:column: message` for each, and its hint on a line of its own.
    static void print(List<Problem> problems, PrintWriter out) {
        problems.stream()
                .flatMap(problem -> problem.toString().lines())
                .map(TerminalText::escape)
                .forEach(out::println);
        out.flush();
    }

    static List<JsonText> json(List<Problem> problems) {
        return problems.stream().map(ProblemText::json).toList();
    }

    private static JsonText json(Problem problem) {
        var json =
                JsonText.object()
                        .put("code", problem.code().toString())
                        .put("severity", problem.warning() ? "warning" : "error")
                        .put("line", problem.line())
                        .put("column", problem.column())
                        .put("message", problem.message());
        problem.hint().ifPresent(hint -> json.put("hint", hint));
        return json;
    }
}
