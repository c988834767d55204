package dev.clawhold.cli;

import dev.clawhold.policyfile.Content;
import dev.clawhold.policyfile.edit.PolicyFormat;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clawhold policy fmt`.
@Command(
        name = "fmt",
        description = {
            "Brings policy files into one layout and prints them. Comments and meaning stay."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; with --check, every file has the layout",
            "1:with --check, a file has another layout",
            "2:a file cannot be read; it stays as it is",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  clawhold policy fmt agent.yaml",
            "  clawhold policy fmt --write policies/*.yaml",
            "  clawhold policy fmt --check policies/*.yaml"
        })
final class PolicyFmtCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--check", description = "Only list the files that have another layout.")
    private boolean check;

    @Option(names = "--write", description = "Write each file back instead of printing it.")
    private boolean write;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The policy files.")
    private List<Path> files;

    PolicyFmtCommand() {}

    @Override
    public Integer call() {
        if (check && write) {
            throw new CommandException("cannot format: `--check` and `--write` exclude each other");
        }
        int status = ExitStatus.OK;
        for (var file : files) {
            status = Math.max(status, format(file));
        }
        return status;
    }

    private int format(Path file) {
        var text = PolicyText.read(file);
        return switch (PolicyFormat.format(file.toString(), text)) {
            case PolicyFormat.Formatted.Invalid(var problems) -> {
                ProblemText.print(problems, spec.commandLine().getErr());
                yield ExitStatus.BAD_INPUT;
            }
            case PolicyFormat.Formatted.Text(var formatted) ->
                    done(file, formatted, !Arrays.equals(text.bytes(), formatted.bytes()));
        };
    }

    private int done(Path file, Content formatted, boolean changed) {
        if (check && changed) {
            out().println(TerminalText.escape(file.toString()));
            return ExitStatus.NO;
        }
        if (write && changed) {
            PolicyText.write(file, formatted);
        } else if (!check && !write) {
            out().print(new String(formatted.bytes(), StandardCharsets.UTF_8));
            out().flush();
        }
        return ExitStatus.OK;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
