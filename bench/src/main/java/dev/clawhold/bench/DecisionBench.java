package dev.clawhold.bench;

import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Verdict;
import java.time.Instant;
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

/// One decision about a connection, beside jCasbin and a plain loop over the same rules.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionBench {
    private static final Circumstances NOW =
            Circumstances.at(Instant.parse("2026-11-20T12:00:00Z"));

    /// How many rules the policy has.
    @Param({"10", "1000", "100000"})
    public int rules;

    private Policy policy = Policy.builtIn();
    private Peers peers = new Peers(new ManyRules(0));
    private String host = "";
    private EgressRequest exact = ManyRules.request("h1.example.com");
    private EgressRequest pattern = ManyRules.request("h1.example.com");
    private final EgressRequest unlisted = ManyRules.request("h.example.org");

    public DecisionBench() {}

    /// Makes a policy of so many rules.
    @Setup
    public void compile() {
        var many = new ManyRules(rules);
        policy = many.policy();
        peers = new Peers(many);
        host = many.exactHost();
        exact = ManyRules.request(host);
        pattern = ManyRules.request(many.patternHost());
        mustAllow(policy.decide(exact, NOW) instanceof Verdict.Allow);
        mustAllow(policy.decide(pattern, NOW) instanceof Verdict.Allow);
        mustAllow(policy.decide(unlisted, NOW) instanceof Verdict.Deny);
        mustAllow(peers.loop(exact) && peers.loop(pattern) && !peers.loop(unlisted));
        mustAllow(peers.casbin(host) && !peers.casbin("h.example.org"));
    }

    private static void mustAllow(boolean allowed) {
        if (!allowed) {
            throw new IllegalStateException("what is measured is not what it is called");
        }
    }

    /// A rule names the host.
    @Benchmark
    public Verdict allowExact() {
        return policy.decide(exact, NOW);
    }

    /// A rule has a pattern for it.
    @Benchmark
    public Verdict allowPattern() {
        return policy.decide(pattern, NOW);
    }

    /// No rule has it.
    @Benchmark
    public Verdict deny() {
        return policy.decide(unlisted, NOW);
    }

    /// The named host, by trying one rule after the other.
    @Benchmark
    public boolean loopExact() {
        return peers.loop(exact);
    }

    /// The named host, by jCasbin.
    @Benchmark
    public boolean casbinExact() {
        return peers.casbin(host);
    }
}
