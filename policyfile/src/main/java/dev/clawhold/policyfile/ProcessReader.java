package dev.clawhold.policyfile;

import dev.clawhold.policy.confinement.Identity;
import dev.clawhold.policy.confinement.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// `process`: identity and ceilings.
final class ProcessReader {
    private static final long LARGEST_ID = 4_294_967_294L;

    private final Optional<Section> process;
    private final Problems problems;

    ProcessReader(Section root, Problems problems) {
        this.process =
                root.section(
                        "process", "`process`", List.of("run_as_user", "run_as_group", "limits"));
        this.problems = problems;
    }

    Identity identity() {
        return new Identity(id("run_as_user"), id("run_as_group"));
    }

    private OptionalLong id(String key) {
        var scalar = process.flatMap(p -> p.scalar(key, "`sandbox` or a number"));
        if (scalar.isEmpty() || scalar.get().text().equals("sandbox")) {
            return OptionalLong.empty();
        }
        var text = scalar.get().text();
        var id = Values.whole(new Node.Scalar(text, true, scalar.get().place()));
        if (id.isPresent() && id.getAsLong() >= 1 && id.getAsLong() <= LARGEST_ID) {
            return id;
        }
        problems.add(
                scalar.get().place(),
                Code.E17,
                key + " must not be " + Quote.of(text),
                "write `sandbox`, or a number from 1 to " + LARGEST_ID);
        return OptionalLong.empty();
    }

    Limits limits() {
        var keys = List.of("memory", "cpu", "pids", "files", "time");
        var limits = process.flatMap(p -> p.section("limits", "`limits`", keys));
        return limits.map(this::limits).orElse(Limits.BUILT_IN);
    }

    private Limits limits(Section limits) {
        return new Limits(
                memory(limits),
                cpu(limits),
                limits.whole("pids", 1, Integer.MAX_VALUE),
                limits.whole("files", 1, Integer.MAX_VALUE),
                time(limits));
    }

    private static OptionalLong memory(Section limits) {
        var expected = "a size above zero such as `512MiB`";
        var scalar = limits.scalar("memory", expected);
        var size = scalar.map(s -> Values.size(s.text())).orElse(OptionalLong.empty());
        if (scalar.isPresent() && size.orElse(0) <= 0) {
            limits.wrongType(scalar.get(), "memory", expected);
        }
        return size;
    }

    private static OptionalDouble cpu(Section limits) {
        var expected = "a number of cores above zero";
        var scalar = limits.scalar("cpu", expected);
        var cores = scalar.map(Values::number).orElse(OptionalDouble.empty());
        if (scalar.isPresent() && cores.orElse(0) <= 0) {
            limits.wrongType(scalar.get(), "cpu", expected);
        }
        return cores;
    }

    private static Optional<Duration> time(Section limits) {
        var expected = "a duration above zero such as `30s`, `5m`, `8h` or `7d`";
        var scalar = limits.scalar("time", expected);
        var time = scalar.flatMap(s -> Values.duration(s.text())).filter(Duration::isPositive);
        if (scalar.isPresent() && time.isEmpty()) {
            limits.wrongType(scalar.get(), "time", expected);
        }
        return time;
    }
}
