package dev.clawhold.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs command lines against fakes of the ports, which tests may replace.
final class CommandLines {
    static final Path DIRECTORY = Path.of("/home/operator/project");

    /// What a command line left behind.
    record Result(int status, String out, String err) {}

    /// Prints what it was asked for, and ends with this status.
    record FakeDemo(int status) implements Demo {
        @Override
        public int run(PrintWriter out) {
            out.println("run");
            return status;
        }

        @Override
        public void show(PrintWriter out) {
            out.println("shown");
        }
    }

    final List<RunRequest> requests = new ArrayList<>();
    Runner runner =
            request -> {
                requests.add(request);
                return 42;
            };
    Doctor doctor = () -> List.of(new Finding("Landlock", true, "ABI 7", Optional.empty()));
    Demo demo = new FakeDemo(0);
    Reaper reaper = List::of;

    Result run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var setting =
                new Setting(
                        "1.2.3",
                        DIRECTORY,
                        InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z")));
        var commands = Clawhold.create(new Ports(runner, doctor, demo, reaper), setting);
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        int status = commands.execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }
}
