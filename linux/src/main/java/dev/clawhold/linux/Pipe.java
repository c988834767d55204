package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;

/// A kernel buffer between two sockets (`splice(2)`): bytes move through it without being copied
/// into this process. Used by one thread.
public final class Pipe implements AutoCloseable {
    /// What it holds at most.
    public static final int CAPACITY = 256 * 1024;

    private static final int NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int MOVE_NONBLOCK = 1 | 2;
    private static final long AT_ONCE = 1 << 20;

    private final int reading;
    private final int writing;

    public Pipe() {
        try (var arena = Arena.ofConfined()) {
            var ends = arena.allocate(JAVA_INT, 2);
            Kernel.call(SystemCall.PIPE2, ends.address(), NONBLOCK_CLOEXEC);
            reading = ends.getAtIndex(JAVA_INT, 0);
            writing = ends.getAtIndex(JAVA_INT, 1);
            Kernel.attempt(SystemCall.FCNTL, writing, F_SETPIPE_SZ, CAPACITY);
        }
    }

    /// Moves what a socket has received into the pipe.
    ///
    /// @return bytes, 0 at the end of the stream, −errno
    public long fill(int socket) {
        return Kernel.attempt(SystemCall.SPLICE, socket, 0, writing, 0, AT_ONCE, MOVE_NONBLOCK);
    }

    /// Moves bytes out of the pipe into a socket.
    public long drain(int socket, long most) {
        return Kernel.attempt(SystemCall.SPLICE, reading, 0, socket, 0, most, MOVE_NONBLOCK);
    }

    @Override
    public void close() {
        Descriptors.close(reading);
        Descriptors.close(writing);
    }
}
