package dev.clawhold.bench;

import dev.clawhold.policy.Egress;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Ports;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.program.ProgramPattern;
import dev.clawhold.policy.program.Programs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Policies of many rules as people write them: each has a host of its own, one in ten of them a
/// pattern, and three programs, one of them a pattern. Files end at 20,000 rules; these do not.
record ManyRules(int count) {
    private static final String HASH = "0".repeat(64);
    private static final int A_PATTERN_EVERY = 10;

    boolean isPattern(int rule) {
        return rule % A_PATTERN_EVERY == A_PATTERN_EVERY / 2;
    }

    String host(int rule) {
        return isPattern(rule) ? "*.zone" + rule + ".example.com" : "h" + rule + ".example.com";
    }

    List<String> programs(int rule) {
        return List.of("/usr/bin/tool" + rule % 7, "/usr/lib/app*/bin/run", "/usr/bin/curl");
    }

    /// A host that a rule in the middle names exactly.
    String exactHost() {
        return "h" + count / 2 / A_PATTERN_EVERY * A_PATTERN_EVERY + ".example.com";
    }

    /// A host that the pattern of a rule in the middle takes.
    String patternHost() {
        int rule = count / 2 / A_PATTERN_EVERY * A_PATTERN_EVERY + A_PATTERN_EVERY / 2;
        return "www.zone" + rule % count + ".example.com";
    }

    Policy policy() {
        var rules = IntStream.range(0, count).mapToObj(this::rule).toList();
        return new Policy(1, Confinement.BUILT_IN, Egress.of(rules));
    }

    private Rule rule(int number) {
        var host = host(number);
        var pattern =
                isPattern(number)
                        ? new HostPattern.Wildcard(glob(Glob.Kind.HOST, host))
                        : new HostPattern.Exact((Host.Name) Host.of(host).orElseThrow());
        var programs =
                programs(number).stream()
                        .map(path -> glob(Glob.Kind.BINARY, path))
                        .map(path -> ProgramPattern.of(path, Set.of(), true))
                        .toList();
        return Rule.of(
                "r" + number,
                Rule.Effect.ALLOW,
                Programs.listed(programs),
                Endpoint.opaque(pattern, Ports.of(List.of(443))));
    }

    /// The same as a file, for those that fit into one.
    byte[] file() {
        var text = new StringBuilder("version: 1\nnetwork_policies:\n");
        for (int i = 0; i < count; i++) {
            text.append("  r").append(i).append(":\n    endpoints:\n      - host: \"");
            text.append(host(i)).append("\"\n        port: 443\n    binaries:\n");
            programs(i).forEach(path -> text.append("      - ").append(path).append('\n'));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Glob glob(Glob.Kind kind, String pattern) {
        return switch (Glob.read(kind, pattern)) {
            case Glob.Read.Good(var glob, _) -> glob;
            case Glob.Read.Bad(var message) -> throw new IllegalArgumentException(message);
        };
    }

    /// curl, started by a shell, connects.
    static EgressRequest request(String host) {
        var curl = new Executable("/usr/bin/curl", HASH, false);
        var shell = new Executable("/usr/bin/bash", HASH, false);
        return new EgressRequest(
                Host.of(host).orElseThrow(), 443, new Program.Known(curl, List.of(shell), 1));
    }
}
