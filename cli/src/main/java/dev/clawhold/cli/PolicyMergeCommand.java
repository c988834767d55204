package dev.clawhold.cli;

import dev.clawhold.policy.Spelling;
import dev.clawhold.policyfile.Content;
import dev.clawhold.policyfile.FileSources;
import dev.clawhold.policyfile.Merging.Preference;
import dev.clawhold.policyfile.Presets;
import dev.clawhold.policyfile.Problem;
import dev.clawhold.policyfile.Sources;
import dev.clawhold.policyfile.edit.PolicyMerge;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clawhold policy merge`.
@Command(
        name = "merge",
        description = {
            "Brings what some policies say into another, and prints the result. What the other says"
                    + " stays as it is written. Where two values differ, both are told and nothing"
                    + " is written."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:merged; where nothing was new, the base as it was",
            "2:a policy is not valid, or two disagree: nothing is written",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  clawhold policy merge agent.yaml npm > both.yaml",
            "  clawhold policy merge agent.yaml ./team.yaml --in-place",
            "  clawhold policy merge agent.yaml ./team.yaml --prefer base"
        })
final class PolicyMergeCommand implements Callable<Integer> {
    private static final Map<String, Preference> PREFERENCES =
            Map.of("base", Preference.BASE, "add", Preference.ADD);

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BASE", description = "The policy file to add to.")
    private Path base;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ADD",
            description = "What to add: presets by their names, or files.")
    private List<String> adds;

    @Option(
            names = "--prefer",
            paramLabel = "WHICH",
            description = "Whose value holds where two differ: base or add.")
    private Optional<String> prefer = Optional.empty();

    @Option(names = "--in-place", description = "Write the result to BASE.")
    private boolean inPlace;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the result to a file.")
    private Optional<Path> output = Optional.empty();

    PolicyMergeCommand() {}

    @Override
    public Integer call() {
        if (inPlace && output.isPresent()) {
            throw new CommandException(
                    "cannot write the result: `--in-place` and `--output` exclude each other");
        }
        var preference = preference();
        var input = new PolicyMerge.Input(base.toString(), PolicyText.read(base));
        var added = adds.stream().map(PolicyMergeCommand::added).toList();
        return switch (PolicyMerge.merge(input, added, preference, new FileSources())) {
            case PolicyMerge.Merged.Text(var text) -> write(input.text(), text);
            case PolicyMerge.Merged.Conflicts(var problems) -> refuse(problems);
            case PolicyMerge.Merged.Invalid(var problems) -> refuse(problems);
        };
    }

    private Preference preference() {
        if (prefer.isEmpty()) {
            return Preference.NONE;
        }
        return Optional.ofNullable(PREFERENCES.get(prefer.get()))
                .orElseThrow(() ->
                        new CommandException(
                                "cannot prefer `"
                                        + prefer.get()
                                        + "`: it is neither `base` nor `add`"));
    }

    /// A preset where the word is the name of one, else a file.
    private static PolicyMerge.Input added(String word) {
        return new FileSources().preset(word) instanceof Sources.Found.Text(var name, var text)
                ? new PolicyMerge.Input(name, text)
                : new PolicyMerge.Input(word, file(word));
    }

    private static Content file(String word) {
        var meant =
                word.contains("/") || word.contains(".")
                        ? Optional.<String>empty()
                        : Spelling.nearest(word.toLowerCase(Locale.ROOT), Presets.names());
        return PolicyText.read(
                PolicyText.path(word),
                meant.map(name -> "did you mean the preset `" + name + "`?"));
    }

    private int write(Content before, Content merged) {
        var file = inPlace ? Optional.of(base) : output;
        if (file.isEmpty()) {
            spec.commandLine().getOut().print(new String(merged.bytes(), StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
        } else if (!inPlace || !Arrays.equals(before.bytes(), merged.bytes())) {
            PolicyText.write(file.get(), merged);
        }
        return ExitStatus.OK;
    }

    private int refuse(List<Problem> problems) {
        ProblemText.print(problems, spec.commandLine().getErr());
        return ExitStatus.BAD_INPUT;
    }
}
