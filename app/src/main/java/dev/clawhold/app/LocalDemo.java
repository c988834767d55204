package dev.clawhold.app;

import dev.clawhold.cli.CommandException;
import dev.clawhold.cli.Demo;
import dev.clawhold.gateway.SandboxCa;
import dev.clawhold.policy.host.Host;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// `clawhold demo`: plays a whole `clawhold run` on this machine, with upstreams, canaries and a
/// directory of its own, and says of everything whether it was as promised.
final class LocalDemo implements Demo {
    // A JVM that lives for two seconds is better off without the second compiler.
    private static final List<String> JVM_FLAGS =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED");

    private final InstantSource clock;
    private final Supplier<List<String>> clawhold;
    private final BooleanSupplier colours;
    private final Function<String, List<DemoAttempt>> promises;

    /// @param clawhold what starts another Clawhold like this one
    /// @param colours whether the output is to have any
    /// @param promises the attempts, given this machine's address
    LocalDemo(
            InstantSource clock,
            Supplier<List<String>> clawhold,
            BooleanSupplier colours,
            Function<String, List<DemoAttempt>> promises) {
        this.clock = clock;
        this.clawhold = clawhold;
        this.colours = colours;
        this.promises = promises;
    }

    @Override
    public void show(PrintWriter out) {
        out.println("# policy.yaml");
        out.println(DemoFiles.policy(javaHome(), List.of(DemoAttempt.API)));
        out.println("// Agent.java");
        out.print(DemoFiles.agent());
        out.flush();
    }

    @Override
    public int run(PrintWriter out) {
        long begun = System.nanoTime();
        var table = new DemoTable(out, colours.getAsBoolean());
        var authority = new SandboxCa(clock);
        try (var api = upstream(authority, DemoAttempt.API);
                var slow = upstream(authority, DemoAttempt.FILES);
                var canaries = DemoCanaries.start();
                var files = DemoFiles.make(javaHome(), authority.pem(), DemoAttempt.API)) {
            introduce(table);
            var attempts = promises.apply(canaries.address());
            var command = command(files, List.of(api, slow), canaries);
            int kept = new DemoPlay(files, table, attempts).run(command);
            kept += new DemoChecks(files, api, slow, canaries).run(attempts, table);
            int all = attempts.size() + DemoChecks.COUNT;
            if (kept < all) {
                files.messages().forEach(line -> table.fact("stderr", line));
            }
            table.verdict(kept == all, summary(kept, all, System.nanoTime() - begun));
            return kept == all ? 0 : 1;
        } catch (UncheckedIOException e) {
            throw new CommandException("cannot set up the demo: " + e.getMessage(), "", e);
        }
    }

    private static DemoUpstream upstream(SandboxCa authority, String host) {
        return DemoUpstream.start(host, authority.serverFor(Host.of(host).orElseThrow()));
    }

    /// The JDK that runs this, every link followed.
    private static Path javaHome() {
        if (ModuleFinder.ofSystem().find("jdk.compiler").isEmpty()) {
            throw new CommandException(
                    "cannot run the demo: this Java has no compiler", "start it with a JDK");
        }
        try {
            return Path.of(System.getProperty("java.home", "/usr")).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void introduce(DemoTable table) {
        table.title("A program in a sandbox, on this machine, without the internet");
        table.fact("runs", "clawhold run --policy policy.yaml -- java Agent.java");
        table.fact("policy", "java may reach https://api.demo.test, and write in its directory");
        table.fact("source", "of both: clawhold demo --show");
        table.header();
    }

    private List<String> command(
            DemoFiles files, List<DemoUpstream> upstreams, DemoCanaries canaries) {
        var command = new ArrayList<>(clawhold.get());
        command.add("run");
        option(command, "--policy", files.policyFile());
        option(command, "--workdir", files.workdir());
        option(command, "--audit", files.audit());
        option(command, "--upstream-ca", files.authority());
        upstreams.forEach(upstream -> option(command, "--resolve", upstream.mapping()));
        command.add("--");
        command.add(javaHome().resolve("bin/java").toString());
        command.addAll(JVM_FLAGS);
        command.add("Agent.java");
        command.add(canaries.address());
        command.add(Integer.toString(canaries.port()));
        command.add(Integer.toString(canaries.loopbackPort()));
        command.add(files.directory().toString());
        return command;
    }

    private static void option(List<String> command, String name, Object value) {
        command.add(name);
        command.add(value.toString());
    }

    private static String summary(int kept, int all, long nanos) {
        var seconds = String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
        return kept == all
                ? "all " + all + " as promised, in " + seconds + "; nothing is left behind"
                : all - kept + " of " + all + " not as promised, in " + seconds;
    }
}
