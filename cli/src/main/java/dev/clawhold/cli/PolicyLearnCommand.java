package dev.clawhold.cli;

import dev.clawhold.policy.Policy;
import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicyFile;
import dev.clawhold.policyfile.PolicySource;
import dev.clawhold.policyfile.learn.LearnOptions;
import dev.clawhold.policyfile.learn.Learned;
import dev.clawhold.policyfile.learn.Learner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clawhold policy learn`.
@Command(
        name = "learn",
        description = {
            "Prints the smallest policy that would have allowed what audit logs show: connections"
                    + " and requests that were allowed, or denied for want of a rule. Each rule is"
                    + " for one program and one host. What was denied for another reason is named"
                    + " in comments at the end."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the policy was written",
            "2:the command line, a log or the policy is not valid",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  clawhold policy learn audit.jsonl -o learned.yaml",
            "  clawhold policy learn audit.jsonl --policy agent.yaml --ids",
            "  clawhold policy learn --sandbox agent ~/.local/state/clawhold/*.jsonl"
        })
final class PolicyLearnCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "AUDIT", description = "The audit logs.")
    private List<Path> logs;

    @Option(
            names = "--policy",
            paramLabel = "BASE",
            description = {"Learn only what this policy still denies, to be merged into it."})
    private @Nullable Path base;

    @Option(
            names = "--sandbox",
            paramLabel = "NAME",
            description = "Learn from the records of this sandbox alone.")
    private @Nullable String sandbox;

    @Option(
            names = "--ids",
            description = {
                "Where two or more numbers, UUIDs, hashes or tokens were seen in one place of a"
                        + " path, allow any segment there."
            })
    private boolean ids;

    @Option(names = "--pin", description = "Hold each program to the content that was seen.")
    private boolean pin;

    @Option(
            names = "--unverified",
            description = "Do not check that the logs are what was written.")
    private boolean unverified;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to this file instead, all of it or nothing.")
    private @Nullable Path output;

    PolicyLearnCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var policy = Optional.<Policy>empty();
        if (base != null) {
            policy = base(base);
            if (policy.isEmpty()) {
                return ExitStatus.BAD_INPUT;
            }
        }
        var learner = new Learner(new LearnOptions(ids, pin, policy, clock.instant()));
        new AuditLogs(Optional.ofNullable(sandbox), !unverified, this::warn)
                .read(logs, learner::add);
        write(learner.learned());
        return ExitStatus.OK;
    }

    private void warn(String message) {
        Failures.report(spec.commandLine(), message, "");
    }

    /// The base policy; empty after its problems were printed.
    private Optional<Policy> base(Path file) {
        return switch (PolicySource.of(file, 1, clock.instant())) {
            case PolicySource.Unreadable(var cause) ->
                    throw new CommandException("cannot read policy `" + file + "`: " + cause);
            case PolicySource.Read(Parsed.Invalid(var problems), _) -> {
                ProblemText.print(problems, spec.commandLine().getErr());
                yield Optional.empty();
            }
            case PolicySource.Read(Parsed.Valid(var policy, _), _) ->
                    Optional.of(policy.withResolvedPrograms(ProgramFile::resolved));
        };
    }

    private void write(Learned learned) {
        check(learned);
        if (output == null) {
            spec.commandLine().getOut().print(learned.text());
            spec.commandLine().getOut().flush();
            return;
        }
        OutputFile.write(output, learned.text());
        spec.commandLine().getOut().println(TerminalText.escape(summary(output, learned)));
    }

    private static String summary(Path file, Learned learned) {
        return file
                + ": rules: "
                + learned.rules()
                + "; records: "
                + learned.learned()
                + " learned, "
                + learned.settled()
                + " without need, "
                + learned.refused()
                + " not learned";
    }

    /// What is handed out can be used: a log can show more than one file may hold.
    private static void check(Learned learned) {
        var text = learned.text().getBytes(StandardCharsets.UTF_8);
        if (PolicyFile.parse("learned", text, 1) instanceof Parsed.Invalid(var problems)) {
            throw new CommandException(
                    "cannot write what was learned as one policy: " + problems.getFirst().message(),
                    "learn from one log or sandbox at a time, or with `--ids`");
        }
    }
}
