package dev.clawhold.gateway;

import dev.clawhold.audit.AuditException;
import dev.clawhold.audit.AuditLog;
import dev.clawhold.audit.Event;
import dev.clawhold.audit.Recorded;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.Errno;
import dev.clawhold.linux.OffHeap;
import dev.clawhold.linux.SocketAddress;
import dev.clawhold.linux.Sockets;
import dev.clawhold.policy.Decision;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Verdict;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Brings a tunnel from its accept to its relay: look at the first bytes, resolve, dial. Only an
/// allow that is on record is dialled. Runs on the relay's thread, but for resolving.
final class TunnelOpening {
    /// How long a client may keep silent before the server is taken to speak first.
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(300);

    /// How long the first message, begun, may take.
    private static final long FIRST_MESSAGE = TimeUnit.SECONDS.toNanos(10);

    private static final long DIAL = TimeUnit.SECONDS.toNanos(10);
    private static final int PEEKED = 64 * 1024;

    private final PolicyInForce policy;
    private final AuditLog audit;
    private final UpstreamFinder upstreams;
    private final DenialServer denials;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Set<Tunnel> waiting = new HashSet<>();
    private final OffHeap peeked = new OffHeap(PEEKED);
    private @Nullable RelayLoop loop;

    TunnelOpening(Gateway.Settings settings, UpstreamFinder upstreams, DenialServer denials) {
        this.policy = settings.policy();
        this.audit = settings.audit();
        this.clock = settings.clock();
        this.upstreams = upstreams;
        this.denials = denials;
        this.nanoTime = settings.nanoTime();
    }

    void serve(RelayLoop relay) {
        loop = relay;
    }

    private RelayLoop loop() {
        if (loop == null) {
            throw new IllegalStateException("the opening serves no loop yet");
        }
        return loop;
    }

    void begin(Recorded<Event.Egress> decision, int client) {
        var tunnel = new Tunnel(decision, client, nanoTime.getAsLong() + SILENCE);
        if (decision.value().decision().verdict() instanceof Verdict.Allow) {
            loop().watch(client, tunnel);
            if (policy.current().testsName(tunnel.request(), clock.instant())) {
                waiting.add(tunnel);
                peek(tunnel);
            } else {
                tunnel.named();
                resolve(tunnel);
            }
        } else {
            refuse(tunnel, reason(decision));
        }
    }

    private static Reason reason(Recorded<Event.Egress> decision) {
        return switch (decision.value().decision().verdict()) {
            case Verdict.Deny(var reason) -> reason;
            case Verdict.Inspect(var rule, _) -> Reason.of(ReasonCode.FEATURE_UNAVAILABLE, rule);
            case Verdict.Ask(var rule) -> Reason.of(ReasonCode.FEATURE_UNAVAILABLE, rule);
            case Verdict.Allow(var rule, _) -> Reason.of(ReasonCode.POLICY_REVOKED, rule);
        };
    }

    /// Looks at what the client has sent and leaves it where it is. It does not go out before, even
    /// where the server spoke first.
    void peek(Tunnel tunnel) {
        int size = Sockets.peek(tunnel.client(), peeked);
        if (size == 0 && tunnel.stage() == Tunnel.Stage.RELAYING) {
            tunnel.named(); // it says nothing at all
            return;
        }
        if (size == 0 || (size < 0 && !Errno.EAGAIN.is(size))) {
            drop(tunnel);
            return;
        }
        if (size < 0) {
            return;
        }
        if (!tunnel.hasSpoken()) {
            tunnel.speaks();
            tunnel.extendDeadline(nanoTime.getAsLong() + FIRST_MESSAGE);
            waiting.add(tunnel);
        }
        judge(tunnel, FirstBytes.look(peeked.view(size), tunnel.request()));
    }

    private void judge(Tunnel tunnel, FirstBytes.Finding finding) {
        switch (finding) {
            case FirstBytes.Finding.More() -> {}
            case FirstBytes.Finding.Fitting() -> fits(tunnel);
            case FirstBytes.Finding.Misfit(var code, var presented) -> {
                var denied = decide(tunnel, Reason.of(code));
                record(tunnel, new Event.Misnamed(denied, presented), Reason.of(code));
            }
        }
    }

    private void fits(Tunnel tunnel) {
        tunnel.named();
        waiting.remove(tunnel);
        if (tunnel.stage() == Tunnel.Stage.PEEKING) {
            resolve(tunnel);
        }
    }

    private Decision decide(Tunnel tunnel, Reason reason) {
        return new Decision(
                tunnel.request(), new Verdict.Deny(reason), policy.current().revision());
    }

    private void record(Tunnel tunnel, Event event, Reason reason) {
        try {
            audit.record(event);
        } catch (AuditException _) {
            drop(tunnel);
            return;
        }
        refuse(tunnel, reason);
    }

    private void resolve(Tunnel tunnel) {
        waiting.remove(tunnel);
        tunnel.resolving();
        Thread.ofVirtual()
                .name("resolve")
                .start(() -> {
                    var found = upstreams.find(tunnel.decision());
                    loop().post(() -> resolved(tunnel, found));
                });
    }

    private void resolved(Tunnel tunnel, UpstreamFinder.Found found) {
        if (tunnel.stage() != Tunnel.Stage.RESOLVING) {
            return;
        }
        switch (found) {
            case UpstreamFinder.Found.Candidates(var candidates, var answers) -> {
                tunnel.candidates(candidates);
                tunnel.answers(answers);
                if (isAllowed(tunnel)) {
                    dialNext(tunnel);
                } else { // the policy has changed since it was asked about the addresses
                    var reason = Reason.of(ReasonCode.POLICY_REVOKED);
                    record(tunnel, new Event.Egress(decide(tunnel, reason)), reason);
                }
            }
            case UpstreamFinder.Found.Denied(var reason) ->
                    record(tunnel, new Event.Egress(decide(tunnel, reason)), reason);
        }
    }

    private void dialNext(Tunnel tunnel) {
        while (!tunnel.candidates().isEmpty()) {
            var next = tunnel.candidates().getFirst();
            tunnel.candidates(tunnel.candidates().subList(1, tunnel.candidates().size()));
            var target = new SocketAddress.Inet(next.address().bytes(), next.port());
            int socket =
                    Sockets.tcp(next.address().isV4() ? SocketAddress.INET : SocketAddress.INET6);
            int result = socket < 0 ? socket : Sockets.connect(socket, target);
            if (result == 0 || Errno.EINPROGRESS.is(result)) {
                tunnel.dialling(socket, nanoTime.getAsLong() + DIAL);
                waiting.add(tunnel);
                loop().watch(socket, tunnel);
                return;
            }
            if (socket >= 0) {
                Descriptors.close(socket);
            }
        }
        unreachable(tunnel);
    }

    /// An event of a dialled socket: it is connected, or it is not.
    void dialled(Tunnel tunnel) {
        int error = Sockets.error(tunnel.upstream());
        if (error == 0 && Sockets.peerPort(tunnel.upstream()) >= 0) {
            waiting.remove(tunnel);
            tunnel.relaying();
            loop().advance(tunnel);
        } else if (error != 0) {
            abandon(tunnel);
        }
    }

    private void abandon(Tunnel tunnel) {
        waiting.remove(tunnel);
        loop().unwatch(tunnel.upstream());
        Descriptors.close(tunnel.upstream());
        tunnel.dialFailed();
        dialNext(tunnel);
    }

    private void unreachable(Tunnel tunnel) {
        if (tunnel.hasSpoken()) {
            var hint = "the policy allows it, but no address of it takes the connection: try later";
            hand(tunnel, () -> Denial.unreachable(tunnel.request(), hint));
        } else {
            loop().abort(tunnel);
        }
    }

    /// Ends what has waited too long.
    void expire(long now) {
        for (var tunnel : Set.copyOf(waiting)) {
            if (now >= tunnel.deadline()) {
                late(tunnel);
            }
        }
    }

    private void late(Tunnel tunnel) {
        if (tunnel.stage() == Tunnel.Stage.DIALLING) {
            abandon(tunnel);
        } else if (tunnel.hasSpoken()) {
            drop(tunnel);
        } else {
            resolve(tunnel); // the server speaks first
        }
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }

    private void refuse(Tunnel tunnel, Reason reason) {
        var request = tunnel.request();
        var hint = policy.current().hint(request, reason);
        var denial = Denial.of(request, reason.code(), hint);
        hand(tunnel, new RecordingDenial(denial, decide(tunnel, reason), audit));
    }

    // From here on the descriptor is the denial server's.
    private void hand(Tunnel tunnel, DenialSource source) {
        waiting.remove(tunnel);
        loop().release(tunnel);
        if (Explained.covers(tunnel.request().port()) || tunnel.hasSpoken()) {
            denials.refuse(tunnel.client(), tunnel.request().host(), source);
        } else {
            Sockets.abortOnClose(tunnel.client());
            Descriptors.close(tunnel.client());
        }
    }

    private void drop(Tunnel tunnel) {
        waiting.remove(tunnel);
        loop().abort(tunnel);
    }

    /// Judges every open tunnel by the policy now in force, and cuts what it no longer allows.
    void judgeAgain() {
        for (var tunnel : loop().tunnels()) {
            if (!isAllowed(tunnel)) {
                cut(tunnel);
            }
        }
    }

    private boolean isAllowed(Tunnel tunnel) {
        var inForce = policy.current();
        var request = tunnel.request();
        var verdict =
                tunnel.answers().isEmpty()
                        ? Enforceable.decide(inForce, request, clock.instant())
                        : Enforceable.admit(inForce, request, tunnel.answers(), clock.instant());
        return verdict instanceof Verdict.Allow;
    }

    private void cut(Tunnel tunnel) {
        waiting.remove(tunnel);
        loop().abort(tunnel);
        try {
            audit.record(new Event.Egress(decide(tunnel, Reason.of(ReasonCode.POLICY_REVOKED))));
        } catch (AuditException _) {
            // It is cut all the same; the log's failure stops what is opened next.
        }
    }
}
