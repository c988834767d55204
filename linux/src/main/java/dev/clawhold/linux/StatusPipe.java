package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way on which a launch image says how far it has come, and hands descriptors over: pairs of
/// two u64, each with any descriptors beside it (`unix(7)`, `SCM_RIGHTS`).
public final class StatusPipe implements AutoCloseable {
    private static final int UNIX = 1;
    private static final int PACKETS = 5; // SOCK_SEQPACKET: a message is read as it was written
    private static final int CLOEXEC = 0x80000;
    private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;
    private static final int PAIR = 16;
    private static final int CONTROL = 64;
    private static final int CONTROL_HEADER = 16;

    /// What an image says.
    ///
    /// @param kind negative: −errno of a failed operation, and `value` is its record's address;
    ///   positive: what the image's writer gave the message
    /// @param descriptors that came with it; the receiver closes them
    public record Message(long kind, long value, List<Integer> descriptors) {
        public Message {
            descriptors = List.copyOf(descriptors);
        }
    }

    private final int reading;
    private final int writing;
    private boolean writingClosed;

    /// A new pair; both ends are closed on `execve`.
    public StatusPipe() {
        try (var arena = Arena.ofConfined()) {
            var ends = arena.allocate(JAVA_INT, 2);
            Kernel.call(SystemCall.SOCKETPAIR, UNIX, PACKETS | CLOEXEC, 0, ends.address());
            reading = ends.getAtIndex(JAVA_INT, 0);
            writing = ends.getAtIndex(JAVA_INT, 1);
        }
    }

    /// The end to hand to the image.
    public int writingEnd() {
        return writing;
    }

    /// Closes this process's writing end, so that the image's end can be noticed.
    public void handedOver() {
        if (!writingClosed) {
            writingClosed = true;
            Kernel.attempt(SystemCall.CLOSE, writing);
        }
    }

    /// Waits for the next message.
    ///
    /// @return empty when every writer has closed its end
    public Optional<Message> next() {
        try (var arena = Arena.ofConfined()) {
            var pair = arena.allocate(PAIR, 8);
            var control = arena.allocate(CONTROL, 8);
            var header = header(arena, pair, control);
            long read;
            do {
                read =
                        Kernel.attempt(
                                SystemCall.RECVMSG, reading, header.address(), MSG_CMSG_CLOEXEC);
            } while (Errno.EINTR.is(read));
            return read == PAIR
                    ? Optional.of(
                            new Message(
                                    pair.get(JAVA_LONG, 0),
                                    pair.get(JAVA_LONG, 8),
                                    descriptors(header, control)))
                    : Optional.empty();
        }
    }

    // struct msghdr over one struct iovec.
    private static MemorySegment header(Arena arena, MemorySegment pair, MemorySegment control) {
        var vector = arena.allocate(JAVA_LONG, 2);
        vector.setAtIndex(JAVA_LONG, 0, pair.address());
        vector.setAtIndex(JAVA_LONG, 1, PAIR);
        var header = arena.allocate(56, 8);
        header.set(JAVA_LONG, 16, vector.address());
        header.set(JAVA_LONG, 24, 1);
        header.set(JAVA_LONG, 32, control.address());
        header.set(JAVA_LONG, 40, CONTROL);
        return header;
    }

    // One struct cmsghdr at most: nothing but descriptors can come on such a socket.
    private static List<Integer> descriptors(MemorySegment header, MemorySegment control) {
        var descriptors = new ArrayList<Integer>();
        if (header.get(JAVA_LONG, 40) >= CONTROL_HEADER) {
            long end = control.get(JAVA_LONG, 0);
            for (long at = CONTROL_HEADER; at + 4 <= end; at += 4) {
                descriptors.add(control.get(JAVA_INT, at));
            }
        }
        return descriptors;
    }

    @Override
    public void close() {
        handedOver();
        Kernel.attempt(SystemCall.CLOSE, reading);
    }
}
