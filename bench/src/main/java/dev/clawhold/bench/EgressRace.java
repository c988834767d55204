package dev.clawhold.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One client inside a sandbox, one outside, turn by turn against the same server: what the way
/// through the gateway adds.
public final class EgressRace {
    private static final int WARM_UP = 2000;
    private static final int TURN = 200;
    private static final long BULK = 2L << 30;
    private static final double MICROSECOND = 1e3;
    private static final String INSIDE = "bench.test 7000 ";

    private final Client inside;
    private final Client outside;
    private final int port;
    private final Path place;

    private EgressRace(Client inside, Client outside, int port, Path place) {
        this.inside = inside;
        this.outside = outside;
        this.port = port;
        this.place = place;
    }

    /// Races.
    ///
    /// @param arguments `connect` or `tunnel`, where to write the table, the number of turns, the
    ///   client's command, `--`, and what starts it in a sandbox that may reach `bench.test` on
    ///   port 7000; `ORIGIN` in it becomes the server's port
    public static void main(String[] arguments) throws IOException {
        var words = List.of(arguments).subList(3, arguments.length);
        var client = words.subList(0, words.indexOf("--"));
        try (var origin = new Origin();
                var outside = new Client(client);
                var inside = new Client(inSandbox(words, client, origin.port()))) {
            var race = new EgressRace(inside, outside, origin.port(), Path.of(arguments[1]));
            int turns = Integer.parseInt(arguments[2]);
            if (arguments[0].equals("connect")) {
                race.connect(turns);
            } else {
                race.tunnel(turns);
            }
        }
    }

    private static List<String> inSandbox(List<String> words, List<String> client, int port) {
        var starter = words.subList(words.indexOf("--") + 1, words.size()).stream();
        return Stream.concat(
                        starter.map(w -> w.replace("ORIGIN", Integer.toString(port))),
                        client.stream())
                .toList();
    }

    private void connect(int turns) throws IOException {
        var table = microseconds();
        row(table, "connect, allowed", pair("connect", turns));
        row(table, "connect to the end of the answer", pair("open", turns));
        row(table, "connect, refused", refused(turns));
        table.write(place);
    }

    private void tunnel(int turns) throws IOException {
        var table = microseconds();
        row(table, "request on a kept connection", pair("request", turns));
        table.write(place);
        bulk(turns / 2).write(place);
    }

    private static Table microseconds() {
        return new Table(
                "µs", "outside p50", "p10", "p99", "inside p50", "p10", "p99", "added p50", "p10");
    }

    private static void row(Table table, String what, Pair pair) {
        var out = new Samples(pair.outside());
        var in = new Samples(pair.inside());
        table.row(
                what,
                out.median() / MICROSECOND,
                out.percentile(10) / MICROSECOND,
                out.percentile(99) / MICROSECOND,
                in.median() / MICROSECOND,
                in.percentile(10) / MICROSECOND,
                in.percentile(99) / MICROSECOND,
                (in.median() - out.median()) / MICROSECOND,
                (in.percentile(10) - out.percentile(10)) / MICROSECOND);
    }

    private record Pair(List<Long> outside, List<Long> inside) {}

    private Pair pair(String command, int turns) {
        return turns(command + " 127.0.0.1 " + port + " ", command + " " + INSIDE, turns);
    }

    // Outside nobody listens on port 1; inside the policy names no port but 7000.
    private Pair refused(int turns) {
        return turns("refused 127.0.0.1 1 ", "refused bench.test 7001 ", turns);
    }

    private Pair turns(String out, String in, int turns) {
        outside.tell(out + WARM_UP);
        inside.tell(in + WARM_UP);
        var pair = new Pair(new ArrayList<>(), new ArrayList<>());
        for (int turn = 0; turn < turns; turn++) {
            pair.outside().addAll(outside.tell(out + TURN));
            pair.inside().addAll(inside.tell(in + TURN));
        }
        return pair;
    }

    private Table bulk(int turns) throws IOException {
        var pair = new Pair(new ArrayList<>(), new ArrayList<>());
        long ticks = 0;
        for (int turn = 0; turn < Math.max(turns, 3); turn++) {
            pair.outside().addAll(outside.tell("bulk 127.0.0.1 " + port + " " + BULK));
            long before = CpuTicks.of(inside.pid());
            pair.inside().addAll(inside.tell("bulk " + INSIDE + BULK));
            ticks += CpuTicks.of(inside.pid()) - before;
        }
        double gigabytes = BULK / 1e9;
        var out = new Samples(pair.outside());
        var in = new Samples(pair.inside());
        double cpu = ticks * CpuTicks.MILLISECONDS / 1e3 / (gigabytes * pair.inside().size());
        return new Table(
                        "one download of 2 GiB",
                        "outside GB/s",
                        "inside GB/s",
                        "best outside",
                        "best inside",
                        "gateway's CPU s/GB")
                .row(
                        "",
                        gigabytes * 1e9 / out.median(),
                        gigabytes * 1e9 / in.median(),
                        gigabytes * 1e9 / out.percentile(0),
                        gigabytes * 1e9 / in.percentile(0),
                        cpu);
    }
}
