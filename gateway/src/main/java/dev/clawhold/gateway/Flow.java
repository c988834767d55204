package dev.clawhold.gateway;

import dev.clawhold.linux.Errno;
import dev.clawhold.linux.OffHeap;
import dev.clawhold.linux.Pipe;
import dev.clawhold.linux.Sockets;
import dev.clawhold.linux.SyscallException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One direction of a tunnel. Small messages go through a buffer that all flows share; a flow that
/// fills it goes through a pipe in the kernel (`splice(2)`) until it runs dry. Used by the relay's
/// thread.
final class Flow {
    /// What a turn of moving bytes came to.
    enum State {
        /// Nothing to move until an event comes.
        WAITING,
        /// There is more to move: another turn is due.
        READY,
        /// The source has ended and all is delivered.
        ENDED,
        /// A side is gone.
        BROKEN
    }

    private static final int ROUNDS = 16;
    private static final byte[] NOTHING = {};

    private final int source;
    private final int sink;
    private @Nullable Pipe pipe;
    private long inPipe;
    private byte[] unsent = NOTHING;
    private boolean sourceEnded;
    private boolean ended;

    Flow(int source, int sink) {
        this.source = source;
        this.sink = sink;
    }

    boolean isEnded() {
        return ended;
    }

    /// Moves bytes for a bounded number of rounds.
    State move(OffHeap shared) {
        for (int round = 0; round < ROUNDS; round++) {
            var state = step(shared);
            if (state != State.READY) {
                return state;
            }
        }
        return State.READY;
    }

    private State step(OffHeap shared) {
        if (inPipe > 0) {
            return drain();
        }
        if (unsent.length > 0) {
            return send(shared);
        }
        if (sourceEnded) {
            return end();
        }
        return pipe == null ? copy(shared) : splice();
    }

    private State drain() {
        long moved = pipe == null ? 0 : pipe.drain(sink, inPipe);
        if (moved > 0) {
            inPipe -= moved;
            return State.READY;
        }
        return waitingOrBroken(moved);
    }

    private State send(OffHeap shared) {
        shared.put(unsent);
        int sent = Sockets.send(sink, shared, 0, unsent.length);
        if (sent < 0) {
            return waitingOrBroken(sent);
        }
        unsent = sent == unsent.length ? NOTHING : Arrays.copyOfRange(unsent, sent, unsent.length);
        return State.READY;
    }

    private State end() {
        if (!ended) {
            ended = true;
            Sockets.endOutput(sink);
            release();
        }
        return State.ENDED;
    }

    private State copy(OffHeap shared) {
        int received = Sockets.receive(source, shared);
        if (received <= 0) {
            return received == 0 ? endOfSource() : waitingOrBroken(received);
        }
        int sent = Sockets.send(sink, shared, 0, received);
        if (sent < 0 && !Errno.EAGAIN.is(sent)) {
            return State.BROKEN;
        }
        if (sent < received) {
            unsent = shared.copy(Math.max(sent, 0), received - Math.max(sent, 0));
        }
        if (received == shared.size()) {
            openPipe();
        }
        return State.READY;
    }

    private State splice() {
        long moved = pipe == null ? 0 : pipe.fill(source);
        if (moved > 0) {
            inPipe += moved;
            return State.READY;
        }
        if (Errno.EAGAIN.is(moved)) {
            release();
        }
        return moved == 0 ? endOfSource() : waitingOrBroken(moved);
    }

    private State endOfSource() {
        sourceEnded = true;
        return State.READY;
    }

    private static State waitingOrBroken(long result) {
        return Errno.EAGAIN.is(result) ? State.WAITING : State.BROKEN;
    }

    // Without one, when descriptors run short, the shared buffer goes on serving.
    private void openPipe() {
        try {
            pipe = new Pipe();
        } catch (SyscallException _) {
            pipe = null;
        }
    }

    /// Gives its pipe up; what is still in it is lost.
    void release() {
        if (pipe != null) {
            pipe.close();
            pipe = null;
        }
    }
}
