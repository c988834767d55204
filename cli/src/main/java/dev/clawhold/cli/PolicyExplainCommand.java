package dev.clawhold.cli;

import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.request.RequestHead;
import dev.clawhold.policy.request.RequestJudge;
import dev.clawhold.policy.request.RequestVerdict;
import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicySource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clawhold policy explain`.
@Command(
        name = "explain",
        description = {
            "Says what a policy decides about a connection, or about a request on it, which rule"
                    + " decides it, and what to do about a denial. A name is not resolved; a"
                    + " literal address is judged too."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:allowed",
            "1:denied",
            "2:the command line or the policy is not valid",
            "3:the operator would be asked",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  clawhold policy explain agent.yaml \\",
            "      --binary /usr/bin/git --host github.com --port 443",
            "  clawhold policy explain agent.yaml \\",
            "      --binary /usr/bin/curl --host api.github.com --port 443 \\",
            "      --method POST --path /repos/acme/app/issues"
        })
final class PolicyExplainCommand implements Callable<Integer> {
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private final InstantSource clock;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The policy file.")
    private Path file;

    @Option(
            names = "--binary",
            required = true,
            paramLabel = "PATH",
            description = "The program that asks; its file is read, where it exists.")
    private String binary;

    @Option(names = "--host", required = true, paramLabel = "HOST", description = "Where to.")
    private String host;

    @Option(names = "--port", required = true, paramLabel = "PORT", description = "1 to 65535.")
    private String port;

    @ArgGroup(exclusive = false, heading = "%nA request on the connection:%n")
    private RequestOptions request = new RequestOptions();

    @Option(
            names = "--json",
            description = "Print one JSON object, with every candidate and how far it fits.")
    private boolean json;

    PolicyExplainCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var request = new EgressRequest(canonicalHost(), portNumber(), ProgramFile.of(binary));
        return switch (PolicySource.of(file, 1, clock.instant())) {
            case PolicySource.Unreadable(var cause) ->
                    throw new CommandException("cannot read policy `" + file + "`: " + cause);
            case PolicySource.Read(Parsed.Invalid(var problems), _) -> {
                ProblemText.print(problems, spec.commandLine().getErr());
                yield ExitStatus.BAD_INPUT;
            }
            case PolicySource.Read(Parsed.Valid(var policy, _), _) ->
                    explain(policy.withResolvedPrograms(ProgramFile::resolved), request);
        };
    }

    private int explain(Policy policy, EgressRequest connection) {
        var text = text(policy, connection);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(text.json());
        } else {
            text.lines().forEach(out::println);
        }
        return text.outcome().status();
    }

    /// About the connection; where that is inspected and a request is given, about the request.
    private ExplanationText text(Policy policy, EgressRequest connection) {
        var now = clock.instant();
        var explanation = policy.explain(connection, now);
        var head = request.head(connection);
        return head.isPresent() && explanation.verdict() instanceof Verdict.Inspect(_, var http)
                ? text(policy, new RequestJudge(http, Circumstances.at(now)), http, head.get())
                : new ExplanationText(
                        new RuleFiles(file, policy),
                        connection,
                        Outcome.of(explanation.verdict(), policy, connection),
                        Optional.empty(),
                        ExplanationText.candidates(explanation));
    }

    private ExplanationText text(
            Policy policy, RequestJudge judge, HttpRules http, RequestHead head) {
        var explanation = judge.explain(head, request.body());
        var message = request.message();
        var verdict = explanation.verdict();
        if (message.isPresent() && verdict instanceof RequestVerdict.Allow(var upgrade)) {
            verdict = judge.judge(upgrade, message.get());
        }
        var sent =
                verdict instanceof RequestVerdict.Allow(var allowed)
                        ? allowed.method() + " " + allowed.target()
                        : head.method() + " " + head.target();
        return new ExplanationText(
                new RuleFiles(file, policy),
                http.connection(),
                Outcome.of(verdict, policy, http.connection(), judge.nearest(head)),
                Optional.of(sent),
                ExplanationText.candidates(explanation));
    }

    private Host canonicalHost() {
        return Host.of(host)
                .orElseThrow(() ->
                        new CommandException(
                                "cannot explain host `" + host + "`: it is malformed",
                                "write a name, or a plain IPv4 or IPv6 address"));
    }

    private int portNumber() {
        int number = PORT.matcher(port).matches() ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65_535) {
            throw new CommandException(
                    "cannot explain port `" + port + "`: it is not a whole number from 1 to 65535");
        }
        return number;
    }
}
