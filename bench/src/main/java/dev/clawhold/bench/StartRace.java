package dev.clawhold.bench;

import dev.clawhold.linux.Spawn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Starts programs one after the other, round after round, and times each from its `posix_spawn(3)`
/// to its end. All inherit this process's standard descriptors and have an empty environment.
public final class StartRace {
    private static final String NEXT = "vs";
    private static final int WARM_UP = 5;
    private static final double MILLISECOND = 1e6;
    private static final Spawn SPAWN = new Spawn();

    private StartRace() {}

    /// Something that runs from a start to an end.
    interface Starter {
        /// The exit status.
        int run();
    }

    /// One in the race, and what it needed.
    private record Runner(String name, Starter starter, List<Long> times, AtomicLong ticks) {
        long run() throws IOException {
            long before = CpuTicks.ofChildren();
            long begin = System.nanoTime();
            int status = starter.run();
            long took = System.nanoTime() - begin;
            ticks.addAndGet(CpuTicks.ofChildren() - before);
            if (status != 0) {
                throw new IllegalStateException("`" + name + "` ended with status " + status);
            }
            return took;
        }
    }

    /// Races. The first runner is what the others are compared with.
    ///
    /// @param arguments where to write the table, the number of rounds, and for each runner `vs`,
    ///   its name and its command; the command `launch-image` is Clawhold's, for `/bin/true`;
    ///   `launch-image bare` is the same without certificates
    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[1]);
        var runners = runners(List.of(arguments).subList(2, arguments.length));
        for (int round = -WARM_UP; round < rounds; round++) {
            for (var runner : runners) {
                long took = runner.run();
                if (round < 0) {
                    runner.ticks().set(0);
                } else {
                    runner.times().add(took);
                }
            }
        }
        report(runners).write(Path.of(arguments[0]));
    }

    private static List<Runner> runners(List<String> words) {
        var runners = new ArrayList<Runner>();
        var rest = words;
        while (!rest.isEmpty()) {
            var next = rest.subList(1, rest.size());
            int end = next.indexOf(NEXT) < 0 ? next.size() : next.indexOf(NEXT);
            var starter = starter(next.subList(1, end));
            runners.add(new Runner(next.getFirst(), starter, new ArrayList<>(), new AtomicLong()));
            rest = next.subList(end, next.size());
        }
        return runners;
    }

    private static Starter starter(List<String> command) {
        if (command.getFirst().equals("launch-image")) {
            return TrueImage.compile(SPAWN, !command.getLast().equals("bare"));
        }
        return () -> SPAWN.start(command.getFirst(), command, -1).await();
    }

    private static Table report(List<Runner> runners) {
        var table =
                new Table(
                        "program",
                        "median ms",
                        "p10 ms",
                        "p90 ms",
                        "median ratio",
                        "p10 ratio",
                        "CPU ms");
        var first = new Samples(runners.getFirst().times());
        for (var runner : runners) {
            var samples = new Samples(runner.times());
            table.row(
                    runner.name(),
                    samples.median() / MILLISECOND,
                    samples.percentile(10) / MILLISECOND,
                    samples.percentile(90) / MILLISECOND,
                    samples.median() / first.median(),
                    samples.percentile(10) / first.percentile(10),
                    runner.ticks().doubleValue() * CpuTicks.MILLISECONDS / runner.times().size());
        }
        return table;
    }
}
