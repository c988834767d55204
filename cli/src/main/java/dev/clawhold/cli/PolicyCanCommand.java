package dev.clawhold.cli;

import dev.clawhold.policy.Policy;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.reach.Can;
import dev.clawhold.policy.reach.Scope;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clawhold policy can`.
@Command(
        name = "can",
        description = {
            "Says who can reach what, one answer a line: program, host and port, method and path,"
                    + " verdict, rule and line. What is given may be a pattern; what is left out"
                    + " means everything. No line: nobody can."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the question was answered",
            "2:the command line or the policy is not valid",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  clawhold policy can agent.yaml --host api.github.com",
            "  clawhold policy can agent.yaml --binary /usr/bin/curl",
            "  clawhold policy can agent.yaml --sends --not-host '**.corp.example,api.github.com'"
        })
final class PolicyCanCommand implements Callable<Integer> {
    private final InstantSource clock;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The policy file.")
    private Path file;

    @Option(
            names = "--host",
            split = ",",
            paramLabel = "HOST",
            description = "Names, patterns, addresses or ranges of addresses.")
    private List<String> hosts = List.of();

    @Option(
            names = "--not-host",
            split = ",",
            paramLabel = "HOST",
            description = "As above, left out.")
    private List<String> notHosts = List.of();

    @Option(names = "--port", paramLabel = "PORT", description = "1 to 65535.")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--binary", paramLabel = "PATH", description = "The program that asks.")
    private Optional<String> binary = Optional.empty();

    @Option(names = "--method", paramLabel = "METHOD", description = "Of HTTP requests.")
    private Optional<String> method = Optional.empty();

    @Option(names = "--path", paramLabel = "PATH", description = "Of HTTP requests.")
    private Optional<String> path = Optional.empty();

    @Option(
            names = "--sends",
            description =
                    "Only what can carry data away: methods but GET, HEAD and OPTIONS, messages,"
                            + " and connections that are not looked into.")
    private boolean sends;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    PolicyCanCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var scope =
                new Scope(
                        hosts(hosts),
                        hosts(notHosts),
                        portNumber(),
                        binary.map(text -> glob(Glob.Kind.BINARY, "binary", text)),
                        path.map(text -> glob(Glob.Kind.PATH, "path", text)));
        return new PolicyReading(spec, clock)
                .read(file)
                .map(policy -> answer(policy, scope))
                .orElse(ExitStatus.BAD_INPUT);
    }

    private int answer(Policy policy, Scope scope) {
        return switch (Can.query(policy, clock.instant(), scope, new Can.Filter(method, sends))) {
            case Can.TooLarge(var cause) ->
                    throw new CommandException("cannot answer for `" + file + "`: " + cause);
            case Can.Answers(var ways) -> {
                var out = spec.commandLine().getOut();
                var files = new RuleFiles(file, policy);
                if (json) {
                    out.println(
                            JsonText.array(
                                    ways.stream().map(w -> ChangeText.json(w, files)).toList()));
                } else {
                    ways.stream().map(w -> ChangeText.line(w, files)).forEach(out::println);
                }
                yield ExitStatus.OK;
            }
        };
    }

    private OptionalInt portNumber() {
        if (port.isEmpty()) {
            return OptionalInt.empty();
        }
        int number = port.get();
        if (number < 1 || number > 65_535) {
            throw new CommandException(
                    "cannot ask about port `" + number + "`: it is not within 1 to 65535");
        }
        return OptionalInt.of(number);
    }

    private static Scope.Hosts hosts(List<String> texts) {
        var names = new ArrayList<Glob>();
        var ranges = new ArrayList<Cidr>();
        for (var text : texts) {
            var range = Cidr.parse(text);
            if (range.isPresent()) {
                ranges.add(range.get());
            } else if (Glob.hasWildcards(text)) {
                names.add(glob(Glob.Kind.HOST, "host", text));
            } else {
                switch (Host.of(text).orElseThrow(() -> malformed(text))) {
                    case Host.Name(var name) -> names.add(Glob.literally(Glob.Kind.HOST, name));
                    case Host.Address(var address) -> ranges.add(Cidr.only(address));
                }
            }
        }
        return new Scope.Hosts(names, ranges);
    }

    private static CommandException malformed(String host) {
        return new CommandException(
                "cannot ask about host `" + host + "`: it is malformed",
                "write a name, a pattern, an address or a range of addresses");
    }

    private static Glob glob(Glob.Kind kind, String part, String text) {
        return switch (Glob.read(kind, text)) {
            case Glob.Read.Good(var glob, _) -> glob;
            case Glob.Read.Bad(var message) ->
                    throw new CommandException(
                            "cannot ask about " + part + " `" + text + "`: " + message);
        };
    }
}
