package dev.clawhold.cli;

import dev.clawhold.policy.Policy;
import dev.clawhold.policy.reach.ReachDiff;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clawhold policy diff`.
@Command(
        name = "diff",
        description = {
            "Says what a workload can reach under one policy and not under the other. `+` is wider,"
                    + " `-` narrower, `~` another verdict or condition. No line: no difference."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:both were compared",
            "1:they differ, with --exit-code",
            "2:the command line or a policy is not valid",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  clawhold policy diff old.yaml new.yaml"})
final class PolicyDiffCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "The policy before.")
    private Path before;

    @Parameters(index = "1", paramLabel = "B", description = "The policy after.")
    private Path after;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Option(names = "--exit-code", description = "Exit with 1 if there is a difference.")
    private boolean exitCode;

    PolicyDiffCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var reader = new PolicyReading(spec, clock);
        var one = reader.read(before);
        var other = reader.read(after);
        return one.isPresent() && other.isPresent()
                ? compare(one.get(), other.get())
                : ExitStatus.BAD_INPUT;
    }

    private int compare(Policy one, Policy other) {
        return switch (ReachDiff.of(one, other, clock.instant())) {
            case ReachDiff.TooLarge(var cause) ->
                    throw new CommandException("cannot compare the policies: " + cause);
            case ReachDiff.Found found -> {
                print(found, new RuleFiles(before, one), new RuleFiles(after, other));
                yield exitCode && !found.isEmpty() ? ExitStatus.NO : ExitStatus.OK;
            }
        };
    }

    private void print(ReachDiff.Found found, RuleFiles old, RuleFiles now) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(
                    JsonText.array(
                            Stream.concat(
                                            found.fixed().stream().map(ChangeText::json),
                                            found.changes().stream()
                                                    .map(c -> ChangeText.json(c, old, now)))
                                    .toList()));
        } else {
            found.fixed().stream().map(ChangeText::line).forEach(out::println);
            found.changes().stream().map(c -> ChangeText.line(c, old, now)).forEach(out::println);
        }
    }
}
