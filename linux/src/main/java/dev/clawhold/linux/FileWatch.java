package dev.clawhold.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Waits until something in a directory is closed after writing, renamed into place, linked or
/// removed (`inotify(7)`): never in the middle of a write. Used by one thread.
public final class FileWatch implements AutoCloseable {
    private static final int CLOEXEC = 0x80000;
    // CLOSE_WRITE, MOVED_FROM, MOVED_TO, CREATE, DELETE, DELETE_SELF, MOVE_SELF
    private static final int INTEREST = 0x8 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x800;
    private static final int SIZE = 16 * 1024;

    private final int descriptor;
    private final MemorySegment events = Arena.ofAuto().allocate(SIZE, 8);

    public FileWatch() {
        descriptor = (int) Kernel.call(SystemCall.INOTIFY_INIT1, CLOEXEC);
    }

    /// Watches a directory; watching it again changes nothing.
    ///
    /// @throws SyscallException if it is not there
    public void watch(String directory) {
        try (var arena = Arena.ofConfined()) {
            Kernel.call(
                    SystemCall.INOTIFY_ADD_WATCH,
                    descriptor,
                    arena.allocateFrom(directory).address(),
                    INTEREST);
        }
    }

    /// Waits for the next change. What changed is for the caller to look at: an overflow looks the
    /// same as an event.
    ///
    /// @return whether the watch is still open
    public boolean await() {
        long result;
        do {
            result = Kernel.attempt(SystemCall.READ, descriptor, events.address(), SIZE);
        } while (Errno.EINTR.is(result));
        return result > 0;
    }

    @Override
    public void close() {
        Descriptors.close(descriptor);
    }
}
