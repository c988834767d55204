package dev.clawhold.gateway;

import dev.clawhold.audit.AuditException;
import dev.clawhold.audit.AuditLog;
import dev.clawhold.audit.Event;
import dev.clawhold.audit.Recorded;
import dev.clawhold.gateway.PendingConnects.Way;
import dev.clawhold.linux.ConnectListener;
import dev.clawhold.linux.ConnectListener.Call;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.Errno;
import dev.clawhold.linux.SocketAddress;
import dev.clawhold.linux.SocketAddress.Inet;
import dev.clawhold.linux.Sockets;
import dev.clawhold.policy.Decision;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.time.InstantSource;
import java.util.function.Consumer;

/// TCP connects: decide, record, then connect the workload's own socket to the gateway's port in
/// its namespace, or refuse. Its own loopback is the workload's.
final class InetConnects {

    private final ConnectListener listener;
    private final SandboxPorts ports;
    private final PolicyInForce policy;
    private final AuditLog audit;
    private final SyntheticAddresses names;
    private final ProgramReader programs;
    private final LocalConnects local;
    private final PendingConnects pending;
    private final InstantSource clock;
    private final Consumer<String> notices;

    InetConnects(
            ConnectListener listener,
            SandboxPorts ports,
            Gateway.Settings settings,
            SyntheticAddresses names,
            ProgramReader programs,
            LocalConnects local,
            PendingConnects pending) {
        this.listener = listener;
        this.ports = ports;
        this.policy = settings.policy();
        this.audit = settings.audit();
        this.names = names;
        this.programs = programs;
        this.local = local;
        this.pending = pending;
        this.clock = settings.clock();
        this.notices = settings.notices();
    }

    void connect(Call call, int socket, SocketAddress target) {
        if (!(target instanceof Inet inet)) {
            // AF_UNSPEC dissolves an association and goes nowhere.
            Descriptors.close(socket);
            listener.proceed(call);
            return;
        }
        var address = IpAddress.of(inet.address());
        boolean loopback = Loopback.covers(address);
        if (!Sockets.kind(socket).isTcp()) {
            connectDatagram(call, socket, loopback);
        } else if (loopback) {
            connectLocally(call, socket, inet, address);
        } else if (inet.port() == 0) {
            finish(call, socket, -Errno.ECONNREFUSED.number());
        } else {
            decide(call, socket, address, inet.port());
        }
    }

    // There is no route: glibc connects such sockets only to sort addresses, the rest is refused.
    private void connectDatagram(Call call, int socket, boolean loopback) {
        Descriptors.close(socket);
        if (loopback) {
            listener.proceed(call);
        } else {
            listener.answer(call, -Errno.ENETUNREACH.number());
        }
    }

    // The gateway's own ports are no service of the workload's: what comes there is registered.
    private void connectLocally(Call call, int socket, Inet inet, IpAddress address) {
        if (ports.isGateway(inet.port())) {
            decide(call, socket, address, inet.port());
        } else {
            local.connect(call, socket, inet, () -> {});
        }
    }

    private void decide(Call call, int socket, IpAddress address, int port) {
        var host = names.nameOf(address).<Host>map(name -> name).orElse(new Host.Address(address));
        var request = new EgressRequest(host, port, programs.read(call.tid()));
        if (!listener.waits(call)) {
            Descriptors.close(socket); // what was read may be another program's
            return;
        }
        var inForce = policy.current();
        var verdict = Enforceable.decide(inForce, request, clock.instant());
        try {
            enforce(
                    call,
                    socket,
                    audit.record(
                            new Event.Egress(new Decision(request, verdict, inForce.revision()))));
        } catch (AuditException e) {
            finish(call, socket, -Errno.EACCES.number()); // no record, no act
            notices.accept("nothing is let out: " + e.getMessage());
        }
    }

    private void enforce(Call call, int socket, Recorded<Event.Egress> decision) {
        var request = decision.value().decision().request();
        switch (decision.value().decision().verdict()) {
            case Verdict.Allow _ -> bringToGateway(call, socket, decision);
            case Verdict.Inspect _, Verdict.Ask _, Verdict.Deny _ -> {
                if (Explained.covers(request.port())) {
                    bringToGateway(call, socket, decision);
                } else {
                    finish(call, socket, -Errno.EACCES.number());
                }
            }
        }
    }

    private void bringToGateway(Call call, int socket, Recorded<Event.Egress> decision) {
        boolean v6 = Sockets.kind(socket).domain() == SocketAddress.INET6;
        boolean v6Only = v6 && Sockets.isV6Only(socket);
        if (v6Only && ports.tcp6().isEmpty()) {
            finish(call, socket, -Errno.ENETUNREACH.number());
            return;
        }
        var way = v6Only ? Way.V6 : Way.V4;
        var here = v6 ? v6Only ? Inet.loopback6(0) : Inet.loopbackMapped(0) : Inet.loopback4(0);
        var gateway = withPort(here, v6Only ? ports.tcp6().getAsInt() : ports.tcp4());
        Sockets.bindChoosesPort(socket);
        Sockets.bind(socket, here); // fails where the workload has bound it: its port is as good
        int port = Sockets.localPort(socket);
        if (port <= 0) {
            finish(call, socket, -Errno.ECONNREFUSED.number());
            return;
        }
        boolean again = pending.holds(way, port);
        if (!again) {
            pending.register(way, port, decision);
        }
        int result = Sockets.connect(socket, gateway);
        if (Errno.EISCONN.is(result) && again) {
            result = 0; // the call was interrupted after its connect and has come again
        } else if (result < 0 && !Errno.EINPROGRESS.is(result) && !again) {
            pending.take(way, port);
        }
        finish(call, socket, result);
    }

    private static Inet withPort(Inet address, int port) {
        return new Inet(address.address(), port);
    }

    private void finish(Call call, int socket, int result) {
        Descriptors.close(socket);
        listener.answer(call, result);
    }
}
