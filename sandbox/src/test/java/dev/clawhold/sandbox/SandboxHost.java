package dev.clawhold.sandbox;

import dev.clawhold.linux.ConnectListener;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.confinement.FileRules;
import dev.clawhold.policy.confinement.Identity;
import dev.clawhold.policy.confinement.Limits;
import dev.clawhold.policy.confinement.PathRule;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A process of its own that starts sandboxes for a test, so that the same test can be run as root
/// and as an ordinary user. Reads requests from its standard input; answers in lines that begin
/// with `@` and the request's number.
///
/// It stands in for the gateway too: every connection is refused with EACCES.
final class SandboxHost {
    private static final char NEWLINE = '\u0001';

    private final String id;
    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final OutputStream out;

    private SandboxHost(String id, OutputStream out) {
        this.id = id;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new FileOutputStream(FileDescriptor.out);
        SandboxHost request = null;
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            int equals = line.indexOf('=');
            var key = equals < 0 ? line : line.substring(0, equals);
            var value = line.substring(equals + 1).replace(NEWLINE, '\n');
            if (request == null) {
                request = new SandboxHost(value, out);
            } else if (key.equals("go")) {
                Thread.ofPlatform().daemon().start(request::run);
                request = null;
            } else {
                request.fields.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
            }
        }
    }

    static String encode(String key, String value) {
        return key + "=" + value.replace('\n', NEWLINE) + "\n";
    }

    private void run() {
        try {
            if (fields.containsKey("faults")) {
                say("ended " + PlantedFaults.undetected(workload()));
                return;
            }
            if (fields.containsKey("reap")) {
                say("ended " + registry().orElseThrow().reap());
                return;
            }
            var sandbox = Sandbox.prepare(workload());
            var registry = registry();
            var running = registry.isPresent() ? sandbox.start(registry.get()) : sandbox.start();
            Thread.ofPlatform().daemon().start(() -> refuseConnections(running));
            say("started " + running.keeperPid() + " " + running.pid());
            int status = running.await();
            close(running.gatewayDescriptors());
            say("ended " + status);
        } catch (SetupException e) {
            say("refused " + e.layer().name() + "|" + e.getMessage() + "|" + e.mend().orElse(""));
        } catch (RuntimeException | IOException e) {
            say("refused BROKEN|" + e + "|");
        }
    }

    private static void refuseConnections(RunningSandbox running) {
        var listener = new ConnectListener(running.gatewayDescriptors().listener());
        for (var call = listener.receive(); call.isPresent(); call = listener.receive()) {
            listener.answer(call.get(), -13);
        }
        Descriptors.close(running.gatewayDescriptors().listener());
    }

    private static void close(RunningSandbox.GatewayDescriptors kept) {
        Descriptors.close(kept.tcp4());
        kept.tcp6().ifPresent(Descriptors::close);
        Descriptors.close(kept.dnsUdp());
        Descriptors.close(kept.dnsTcp());
        Descriptors.close(kept.diagnosis());
    }

    private void say(String text) {
        synchronized (out) {
            try {
                out.write(
                        ("@" + id + " " + text.replace('\n', ' ') + "\n")
                                .getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Optional<SandboxRegistry> registry() {
        return one("registry").map(directory -> SandboxRegistry.in(Path.of(directory)));
    }

    private Workload workload() {
        var workdir = Path.of(one("workdir").orElseThrow());
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOME", "/sandbox");
        return new Workload(
                one("name").orElse("it-" + id),
                new Confinement(files(), Identity.CHOSEN, limits()),
                workdir,
                List.of(),
                all("arg"),
                environment);
    }

    private FileRules files() {
        var rules = new ArrayList<PathRule>();
        for (var rule : all("rule")) {
            var words = rule.split(" ", 2);
            rules.add(new PathRule(words[1], Access.valueOf(words[0]), true));
        }
        rules.addAll(FileRules.BASELINE);
        return new FileRules(true, rules, fields.containsKey("hard"));
    }

    private Limits limits() {
        return new Limits(
                number("memory"),
                one("cpu")
                        .map(Double::valueOf)
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()),
                number("pids"),
                number("files"),
                one("time").map(Duration::parse));
    }

    private OptionalLong number(String key) {
        return one(key).map(Long::valueOf).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private Optional<String> one(String key) {
        return all(key).stream().findFirst();
    }

    private List<String> all(String key) {
        return fields.getOrDefault(key, List.of());
    }
}
