package dev.clawhold.cli;

import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicySource;
import dev.clawhold.policyfile.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clawhold policy check`.
@Command(
        name = "check",
        description = {
            "Validates policy files. Each problem is printed as `file:line:column: message`."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every file is valid; there may be warnings",
            "2:a file has a problem or cannot be read",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  clawhold policy check agent.yaml",
            "  clawhold policy check --json policies/*.yaml"
        })
final class PolicyCheckCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON array, with each problem's code.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The policy files.")
    private List<Path> files;

    PolicyCheckCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var results = new ArrayList<JsonText>();
        boolean valid = true;
        for (var file : files) {
            var source = PolicySource.of(file, 1, clock.instant());
            valid &= isValid(source);
            if (json) {
                results.add(asJson(file, source));
            } else {
                print(file, source);
            }
        }
        if (json) {
            out().println(JsonText.array(results));
        }
        return valid ? ExitStatus.OK : ExitStatus.BAD_INPUT;
    }

    private static boolean isValid(PolicySource source) {
        return source instanceof PolicySource.Read(Parsed.Valid _, _);
    }

    private void print(Path file, PolicySource source) {
        switch (source) {
            case PolicySource.Unreadable(var cause) ->
                    Failures.report(
                            spec.commandLine(), "cannot read policy `" + file + "`: " + cause, "");
            case PolicySource.Read(Parsed.Invalid(var problems), _) -> print(problems);
            case PolicySource.Read(Parsed.Valid(_, var warnings), _) -> {
                print(warnings);
                out().println(TerminalText.escape(file + ": valid"));
            }
        }
    }

    private void print(List<Problem> problems) {
        ProblemText.print(problems, spec.commandLine().getErr());
    }

    private static JsonText asJson(Path file, PolicySource source) {
        var result = JsonText.object().put("file", file.toString());
        result.put("valid", isValid(source));
        return switch (source) {
            case PolicySource.Unreadable(var cause) -> result.put("error", cause);
            case PolicySource.Read(Parsed.Invalid(var problems), _) ->
                    result.put("problems", ProblemText.json(problems));
            case PolicySource.Read(Parsed.Valid(_, var warnings), _) ->
                    result.put("problems", ProblemText.json(warnings));
        };
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
