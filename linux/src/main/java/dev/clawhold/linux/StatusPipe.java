package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.util.Optional;

/// The pipe on which a launch image says how far it has come: pairs of two u64.
public final class StatusPipe implements AutoCloseable {
    private static final long CLOEXEC = 0x80000;
    private static final int PAIR = 16;

    /// What an image says.
    ///
    /// @param kind negative: −errno of a failed operation, and `value` is its record's address;
    ///   positive: what the image's writer gave the message
    public record Message(long kind, long value) {}

    private final int reading;
    private final int writing;
    private boolean writingClosed;

    /// A new pipe; both ends are closed on `execve`.
    public StatusPipe() {
        try (var arena = Arena.ofConfined()) {
            var ends = arena.allocate(JAVA_INT, 2);
            Kernel.call(SystemCall.PIPE2, ends.address(), CLOEXEC);
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
            long read;
            do {
                read = Kernel.attempt(SystemCall.READ, reading, pair.address(), PAIR);
            } while (Errno.EINTR.is(read));
            return read == PAIR
                    ? Optional.of(new Message(pair.get(JAVA_LONG, 0), pair.get(JAVA_LONG, 8)))
                    : Optional.empty();
        }
    }

    @Override
    public void close() {
        handedOver();
        Kernel.attempt(SystemCall.CLOSE, reading);
    }
}
