package dev.clawhold.app;

import dev.clawhold.app.PolicyLoading.Loaded;
import dev.clawhold.audit.AuditException;
import dev.clawhold.audit.Event;
import dev.clawhold.audit.FileAuditLog;
import dev.clawhold.cli.CommandException;
import dev.clawhold.cli.RunRequest;
import dev.clawhold.cli.Runner;
import dev.clawhold.gateway.Gateway;
import dev.clawhold.gateway.PolicyInForce;
import dev.clawhold.gateway.SandboxSockets;
import dev.clawhold.sandbox.RunningSandbox;
import dev.clawhold.sandbox.Sandbox;
import dev.clawhold.sandbox.SandboxRegistry;
import dev.clawhold.sandbox.SetupException;
import dev.clawhold.sandbox.Workload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `clawhold run`: this process supervises one sandbox, is its gateway, and ends with it.
final class ForegroundRun implements Runner {
    private final Operator operator;
    private final InstantSource clock;
    private final Notices notices;
    private final PrintWriter out;
    private final EarlyWork early;

    ForegroundRun(
            Operator operator,
            InstantSource clock,
            Notices notices,
            PrintWriter out,
            EarlyWork early) {
        this.operator = operator;
        this.clock = clock;
        this.notices = notices;
        this.out = out;
        this.early = early;
    }

    @Override
    public int run(RunRequest request) {
        var name = request.name().orElseGet(SandboxName::random);
        var workdir = Workdir.check(request.workdir());
        var loaded = PolicyLoading.load(request.policy(), clock.instant(), notices);
        var policy = loaded.policy();
        var inForce = new PolicyInForce(ProgramLinks.resolve(policy));
        var log =
                request.audit().orElse(operator.state().resolve("audit").resolve(name + ".jsonl"));
        try {
            if (request.explain()) {
                var trust = Trust.of(request.upstreamCas(), "");
                prepare(request, name, workdir, loaded, trust).explanation().forEach(out::println);
                return 0;
            }
            try (var audit = FileAuditLog.open(log, name, clock, request.auditSync())) {
                var gateway = new Gateway(settings(request, inForce, audit), early.authority());
                var trust = Trust.of(request.upstreamCas(), gateway.certificate());
                var sandbox = prepare(request, name, workdir, loaded, trust);
                return supervise(
                        sandbox, new Supervised(request, loaded.files(), inForce, audit, gateway));
            }
        } catch (SetupException e) {
            throw new CommandException(
                    "cannot set up " + e.layer() + ": " + e.getMessage(), e.mend().orElse(""), e);
        } catch (AuditException e) {
            throw new CommandException(
                    String.valueOf(e.getMessage()),
                    "free or mend the place of the audit log, or name another with --audit",
                    e);
        }
    }

    private Gateway.Settings settings(
            RunRequest request, PolicyInForce policy, FileAuditLog audit) {
        return new Gateway.Settings(
                policy,
                audit,
                Upstreams.of(request.resolve()),
                clock,
                System::nanoTime,
                notices::tellOnce);
    }

    private Sandbox prepare(
            RunRequest request, String name, Path workdir, Loaded loaded, Trust trust) {
        var environment = WorkloadEnvironment.of(operator, trust, request.environment());
        var sandbox =
                Sandbox.prepare(
                        new Workload(
                                name,
                                loaded.policy().confinement(),
                                workdir,
                                trust.files(),
                                request.command(),
                                environment,
                                protectedPaths(request, loaded),
                                Optional.of(operator.home())));
        sandbox.warnings().forEach(warning -> notices.tell("warning: " + warning));
        return sandbox;
    }

    // What a workload could change of these would be in force at the next start.
    private List<Path> protectedPaths(RunRequest request, Loaded loaded) {
        var paths = new ArrayList<Path>();
        paths.add(operator.state());
        paths.add(operator.installation());
        paths.addAll(loaded.files());
        request.audit().ifPresent(file -> paths.add(file.toAbsolutePath()));
        return paths;
    }

    private record Supervised(
            RunRequest request,
            List<Path> policyFiles,
            PolicyInForce policy,
            FileAuditLog audit,
            Gateway gateway) {}

    private int supervise(Sandbox sandbox, Supervised parts) {
        try (var signals = SignalForwarding.begin()) {
            var command = Map.of("command", parts.request().command().getFirst());
            parts.audit().record(lifecycle("starting", command));
            var running = sandbox.start(SandboxRegistry.in(operator.sandboxes()));
            signals.to(running);
            parts.gateway().serve(sockets(running));
            sandbox.timeLimit().ifPresent(limit -> TimeLimit.start(limit, running, notices));
            if (!parts.policyFiles().isEmpty()) {
                reload(parts);
            }
            int status = running.await();
            parts.audit().record(lifecycle("ended", Map.of("status", Integer.toString(status))));
            return status;
        }
    }

    private void reload(Supervised parts) {
        PolicyReload.watch(parts.policyFiles(), parts.policy(), parts.audit(), clock, notices);
    }

    private static Event lifecycle(String what, Map<String, String> details) {
        return new Event.Lifecycle(what, details, Optional.empty());
    }

    private static SandboxSockets sockets(RunningSandbox running) {
        var kept = running.gatewayDescriptors();
        return new SandboxSockets(
                kept.listener(),
                kept.tcp4(),
                kept.tcp6(),
                kept.dnsUdp(),
                kept.dnsTcp(),
                kept.diagnosis(),
                running.pid(),
                running.uid(),
                running.gid());
    }
}
