package dev.clawhold.bench;

import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicyFile;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A file of 1,000 rules, from its bytes to a policy that can decide.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class LoadBench {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final byte[] file = new ManyRules(1_000).file();

    public LoadBench() {}

    /// Reads and compiles it.
    @Benchmark
    public Parsed.Valid load() {
        return switch (PolicyFile.parse("bench.yaml", file, 1, NOW)) {
            case Parsed.Valid valid -> valid;
            case Parsed.Invalid(var problems) ->
                    throw new IllegalStateException(problems.toString());
        };
    }
}
