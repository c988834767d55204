package dev.clawhold.bench;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicyFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One decision among many endpoints, each a host of its own; five are a rule, as a file may not
/// have more than 20,000 rules.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionBench {
    private static final int A_RULE = 5;
    private static final String HASH = "0".repeat(64);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    /// How many endpoints the policy has.
    @Param({"10", "1000", "100000"})
    public int endpoints;

    private Policy policy = Policy.builtIn();
    private EgressRequest listed = request("h1.example.com");
    private EgressRequest unlisted = request("h.example.org");

    public DecisionBench() {}

    /// Reads a policy with so many endpoints.
    @Setup
    public void read() {
        var text = new StringBuilder("version: 1\nnetwork_policies:\n");
        for (int i = 0; i < endpoints; i += A_RULE) {
            text.append("  r" + i + ": {binaries: [/usr/bin/curl], endpoints: [");
            for (int j = i; j < i + A_RULE; j++) {
                text.append("{host: h" + j + ".example.com, port: 443},");
            }
            text.append("]}\n");
        }
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        policy =
                switch (PolicyFile.parse("bench.yaml", bytes, 1, NOW)) {
                    case Parsed.Valid(var valid, _) -> valid;
                    case Parsed.Invalid(var problems) ->
                            throw new IllegalStateException(problems.toString());
                };
        listed = request("h" + endpoints / 2 + ".example.com");
    }

    private static EgressRequest request(String host) {
        var curl = new Executable("/usr/bin/curl", HASH, false);
        return new EgressRequest(
                Host.of(host).orElseThrow(), 443, new Program.Known(curl, List.of(), 1));
    }

    /// The policy has a rule for it.
    @Benchmark
    public Verdict allow() {
        return policy.decide(listed, NOW);
    }

    /// The policy has none.
    @Benchmark
    public Verdict deny() {
        return policy.decide(unlisted, NOW);
    }
}
