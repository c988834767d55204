package dev.clawhold.gateway;

import dev.clawhold.gateway.PendingConnects.Way;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.Epoll;
import dev.clawhold.linux.EventDescriptor;
import dev.clawhold.linux.OffHeap;
import dev.clawhold.linux.Sockets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/// Accepts what was registered, and carries the bytes of every tunnel. One thread runs it and owns
/// all tunnels; others hand it tasks.
final class RelayLoop implements Runnable {
    private static final int MOST_TUNNELS = 8192;
    private static final int BUFFER = 256 * 1024;
    private static final int TICK_MILLISECONDS = 50;
    private static final int BOTH_WAYS =
            Epoll.READABLE | Epoll.WRITABLE | Epoll.HUNG_UP | Epoll.EDGE;

    private final SandboxSockets sockets;
    private final PendingConnects pending;
    private final TunnelOpening opening;
    private final LongSupplier nanoTime;
    private final Epoll epoll = new Epoll();
    private final EventDescriptor wake = new EventDescriptor();
    private final OffHeap shared = new OffHeap(BUFFER);
    private final Map<Integer, Tunnel> table = new HashMap<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Tunnel> ready = new ArrayDeque<>();
    private int spare = Sockets.tcp(2); // gives one descriptor back where none is left
    private volatile boolean closed;

    RelayLoop(
            SandboxSockets sockets,
            PendingConnects pending,
            TunnelOpening opening,
            LongSupplier nanoTime) {
        this.sockets = sockets;
        this.pending = pending;
        this.opening = opening;
        this.nanoTime = nanoTime;
        opening.serve(this);
    }

    /// Runs a task on the loop's thread. Any thread may call it.
    void post(Runnable task) {
        tasks.add(task);
        wake.signal();
    }

    @Override
    public void run() {
        epoll.add(wake.descriptor(), Epoll.READABLE);
        epoll.add(sockets.tcp4(), Epoll.READABLE);
        sockets.tcp6().ifPresent(listener -> epoll.add(listener, Epoll.READABLE));
        while (!closed) {
            int events = epoll.await(patience());
            for (int i = 0; i < events; i++) {
                dispatch(epoll.descriptor(i));
            }
            runTasks();
            moveReady();
            opening.expire(nanoTime.getAsLong());
        }
    }

    private int patience() {
        return ready.isEmpty() ? opening.isIdle() ? -1 : TICK_MILLISECONDS : 0;
    }

    private void dispatch(int descriptor) {
        if (descriptor == wake.descriptor()) {
            wake.drain();
        } else if (descriptor == sockets.tcp4()) {
            accept(Way.V4, descriptor);
        } else if (sockets.tcp6().isPresent() && descriptor == sockets.tcp6().getAsInt()) {
            accept(Way.V6, descriptor);
        } else {
            var tunnel = table.get(descriptor);
            if (tunnel != null) {
                advance(tunnel);
            }
        }
    }

    private void runTasks() {
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void accept(Way way, int listener) {
        int client = Sockets.accept(listener);
        if (client < 0) {
            makeRoom(listener);
            return;
        }
        var decision = pending.take(way, Sockets.peerPort(client));
        if (decision.isEmpty() || table.size() >= MOST_TUNNELS) {
            Sockets.abortOnClose(client);
            Descriptors.close(client);
            return;
        }
        opening.begin(decision.get(), client);
    }

    // Out of descriptors: the connection is taken by the spare one and closed, else it would be
    // offered for ever.
    private void makeRoom(int listener) {
        if (spare >= 0) {
            Descriptors.close(spare);
            int client = Sockets.accept(listener);
            if (client >= 0) {
                Descriptors.close(client);
            }
            spare = Sockets.tcp(2);
        }
    }

    /// Lets events of a descriptor reach a tunnel.
    void watch(int descriptor, Tunnel tunnel) {
        table.put(descriptor, tunnel);
        epoll.add(descriptor, BOTH_WAYS);
    }

    /// Forgets a descriptor without closing it.
    void unwatch(int descriptor) {
        if (table.remove(descriptor) != null) {
            epoll.remove(descriptor);
        }
    }

    void advance(Tunnel tunnel) {
        switch (tunnel.stage()) {
            case PEEKING -> opening.peek(tunnel);
            case DIALLING -> opening.dialled(tunnel);
            case RELAYING -> relay(tunnel);
            case RESOLVING, CLOSED -> {}
        }
    }

    private void relay(Tunnel tunnel) {
        if (!tunnel.isNamed()) {
            opening.peek(tunnel);
        }
        if (tunnel.stage() == Tunnel.Stage.RELAYING) {
            move(tunnel);
        }
    }

    private void moveReady() {
        for (int turns = ready.size(); turns > 0; turns--) {
            var tunnel = ready.poll();
            if (tunnel != null && tunnel.stage() == Tunnel.Stage.RELAYING) {
                move(tunnel);
            }
        }
    }

    private void move(Tunnel tunnel) {
        boolean again = false;
        for (var flow : tunnel.flows()) {
            var state = flow.move(shared);
            if (state == Flow.State.BROKEN) {
                abort(tunnel);
                return;
            }
            again |= state == Flow.State.READY;
        }
        if (tunnel.isNamed() && tunnel.flows().stream().allMatch(Flow::isEnded)) {
            close(tunnel);
        } else if (again) {
            ready.add(tunnel);
        }
    }

    /// Ends a tunnel; both sides see a reset.
    void abort(Tunnel tunnel) {
        if (tunnel.stage() != Tunnel.Stage.CLOSED) {
            Sockets.abortOnClose(tunnel.client());
            if (tunnel.upstream() >= 0) {
                Sockets.abortOnClose(tunnel.upstream());
            }
            close(tunnel);
        }
    }

    /// Ends a tunnel.
    void close(Tunnel tunnel) {
        release(tunnel);
        Descriptors.close(tunnel.client());
    }

    /// Ends a tunnel but leaves the client's descriptor to whoever takes it on.
    void release(Tunnel tunnel) {
        tunnel.closed();
        unwatch(tunnel.client());
        if (tunnel.upstream() >= 0) {
            unwatch(tunnel.upstream());
            Descriptors.close(tunnel.upstream());
        }
    }

    /// Every tunnel that is open now.
    List<Tunnel> tunnels() {
        return new ArrayList<>(table.values()).stream().distinct().toList();
    }

    OffHeap shared() {
        return shared;
    }

    void stop() {
        closed = true;
        wake.signal();
    }
}
