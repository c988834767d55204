package dev.clawhold.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `clawhold run`.
@Command(
        name = "run",
        description = {
            "Runs CMD in a new sandbox. It sees only the files and reaches only the hosts that the"
                    + " policy gives it; its terminal, signals and exit status pass through. Without"
                    + " a policy it has the usual read-only system, the working directory and no"
                    + " network."
        },
        exitCodeOnInvalidInput = ExitStatus.NO_SANDBOX,
        exitCodeOnExecutionException = ExitStatus.NO_SANDBOX,
        showEndOfOptionsDelimiterInUsageHelp = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "125:the sandbox could not be set up; nothing was run",
            "126:CMD cannot be executed",
            "127:CMD was not found",
            "*:otherwise the status of CMD; 128 + N if signal N ended it"
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  clawhold run -- bash",
            "  clawhold run --policy agent.yaml -- claude",
            "  clawhold run --policy agent.yaml --env CI=1 -- npm test",
            "  clawhold run --explain -- true"
        })
final class RunCommand implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Runner runner;
    private final Path directory;

    @Option(names = "--policy", paramLabel = "FILE", description = "The policy file.")
    private @Nullable Path policy;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The sandbox's name: lower-case letters, digits and dashes.")
    private @Nullable String name;

    @Option(
            names = "--workdir",
            paramLabel = "DIR",
            description = "The working directory, which CMD can change (default: this directory).")
    private @Nullable Path workdir;

    @Option(
            names = "--env",
            paramLabel = "K=V",
            description = "Give CMD this environment variable; may be repeated.")
    private List<String> environment = List.of();

    @Option(
            names = "--resolve",
            paramLabel = "HOST:PORT:ADDRESS:PORT",
            description = "Reach HOST:PORT at this address and port; may be repeated.")
    private List<String> resolve = List.of();

    @Option(
            names = "--upstream-ca",
            paramLabel = "PEM",
            description = "Trust this authority too for upstream TLS; may be repeated.")
    private List<Path> upstreamCas = List.of();

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "The audit log (default: in the state directory).")
    private @Nullable Path audit;

    @Option(names = "--audit-sync", description = "Let every audit record wait for the disk.")
    private boolean auditSync;

    @Option(
            names = "--explain",
            description = "Print what would be set up, step by step, and run nothing.")
    private boolean explain;

    @Parameters(arity = "1..*", paramLabel = "CMD", description = "The program and its arguments.")
    private List<String> command = List.of();

    RunCommand(Runner runner, Path directory) {
        this.runner = runner;
        this.directory = directory;
    }

    @Override
    public Integer call() {
        return runner.run(
                new RunRequest(
                        Optional.ofNullable(policy),
                        Optional.ofNullable(name).map(RunCommand::checkedName),
                        workdir == null ? directory : directory.resolve(workdir),
                        variables(),
                        resolve.stream().map(RunCommand::mapping).toList(),
                        upstreamCas,
                        Optional.ofNullable(audit),
                        auditSync,
                        explain,
                        command));
    }

    private static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new CommandException(
                    "cannot name the sandbox `" + name + "`: that is not a name",
                    "use up to 63 lower-case letters, digits and dashes, no dash first");
        }
        return name;
    }

    private Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        for (var variable : environment) {
            int end = variable.indexOf('=');
            if (end < 1) {
                throw new CommandException(
                        "cannot set the variable `" + variable + "`: it has no name and value",
                        "write `--env NAME=VALUE`");
            }
            variables.put(variable.substring(0, end), variable.substring(end + 1));
        }
        return variables;
    }

    private static ResolveMapping mapping(String text) {
        return ResolveMapping.parse(text)
                .orElseThrow(() ->
                        new CommandException(
                                "cannot resolve `" + text + "`: it is not a mapping",
                                "write `--resolve HOST:PORT:ADDRESS:PORT`, an IPv6 address"
                                        + " in brackets"));
    }
}
