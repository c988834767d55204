package dev.clawhold.gateway;

import dev.clawhold.audit.AuditLog;
import dev.clawhold.linux.ConnectListener;
import dev.clawhold.linux.Descriptors;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The only way out of one sandbox: it decides about every connect, records the decision, and
/// carries what is allowed. Made before the sandbox, whose trusted certificates it contributes to;
/// [#serve] begins the work.
public final class Gateway {
    private final Settings settings;
    private final SandboxCa ca;
    private final DenialServer denials;
    private final SyntheticAddresses names;

    /// What a gateway works with.
    ///
    /// @param policy decides, and may be replaced at any time
    /// @param audit gets every decision before it is acted on
    /// @param fixed addresses that the operator has given for names
    /// @param clock tells the time for rules that expire
    /// @param nanoTime a monotonic clock in nanoseconds, for waits
    /// @param notices gets what the operator must know, such as a log that cannot be written
    public record Settings(
            PolicyInForce policy,
            AuditLog audit,
            UpstreamMap fixed,
            InstantSource clock,
            LongSupplier nanoTime,
            Consumer<String> notices) {}

    /// A gateway that signs its answers by this authority, the sandbox's own.
    public Gateway(Settings settings, SandboxCa ca) {
        this.settings = settings;
        this.ca = ca;
        this.denials = new DenialServer(ca, Descriptors::close);
        this.names = new SyntheticAddresses(settings.nanoTime());
    }

    /// The certificate that clients in the sandbox must trust to read a denial over TLS, in PEM.
    public String certificate() {
        return ca.pem();
    }

    /// Serves a sandbox until it has ended. Returns at once; daemon threads do the work.
    public void serve(SandboxSockets sockets) {
        var pending = new PendingConnects();
        var finder =
                new UpstreamFinder(
                        settings,
                        new UpstreamResolver(
                                new HostsFile(Path.of("/etc/hosts")), InetAddress::getAllByName));
        var opening = new TunnelOpening(settings, finder, denials);
        var relay = new RelayLoop(sockets, pending, opening, settings.nanoTime());
        settings.policy().onChange(() -> relay.post(opening::judgeAgain));
        start("relay", relay);
        start("dns", new DnsLoop(sockets.dnsUdp(), sockets.dnsTcp(), new DnsResponder(names)));
        start("egress", egress(sockets, pending));
    }

    private EgressLoop egress(SandboxSockets sockets, PendingConnects pending) {
        var listener = new ConnectListener(sockets.listener());
        var programs = new ProgramReader(sockets.init());
        var local = new LocalConnects(listener, sockets.uid(), sockets.gid());
        var inet =
                new InetConnects(
                        listener,
                        SandboxPorts.of(sockets),
                        settings,
                        names,
                        programs,
                        local,
                        pending);
        var unix =
                new UnixConnects(listener, local, settings.audit(), programs, sockets.diagnosis());
        return new EgressLoop(listener, inet, unix);
    }

    private static void start(String name, Runnable loop) {
        Thread.ofPlatform().name("gateway-" + name).daemon().start(loop);
    }
}
