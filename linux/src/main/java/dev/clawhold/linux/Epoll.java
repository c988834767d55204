package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Waits for many descriptors at once (`epoll(7)`), edge-triggered where asked. Used by one thread;
/// [#add] may come from any.
public final class Epoll {
    public static final int READABLE = 1;
    public static final int WRITABLE = 4;
    public static final int HUNG_UP = 0x10 | 0x8 | 0x2000; // EPOLLHUP, EPOLLERR, EPOLLRDHUP
    public static final int EDGE = 1 << 31;
    private static final int CLOEXEC = 0x80000;
    private static final int ADD = 1;
    private static final int REMOVE = 2;
    private static final int MOST_EVENTS = 512;
    // Packed to 12 bytes on x86-64 only (`linux/eventpoll.h`).
    private static final int EVENT_SIZE = Kernel.ARCHITECTURE == Architecture.X86_64 ? 12 : 16;
    private static final int DATA_OFFSET = EVENT_SIZE - 8;

    private final int descriptor;
    private final MemorySegment events =
            Arena.ofAuto().allocate((long) MOST_EVENTS * EVENT_SIZE, 8);

    public Epoll() {
        descriptor = (int) Kernel.call(SystemCall.EPOLL_CREATE1, CLOEXEC);
    }

    /// Watches a descriptor.
    ///
    /// @param interest READABLE, WRITABLE, EDGE, HUNG_UP in any combination
    public void add(int watched, int interest) {
        try (var arena = Arena.ofConfined()) {
            var event = arena.allocate(16, 8);
            event.set(JAVA_INT, 0, interest);
            event.set(JAVA_INT_UNALIGNED, DATA_OFFSET, watched);
            Kernel.call(SystemCall.EPOLL_CTL, descriptor, ADD, watched, event.address());
        }
    }

    /// Stops watching a descriptor; one that is closed is not watched anyway.
    public void remove(int watched) {
        try (var arena = Arena.ofConfined()) {
            var event = arena.allocate(16, 8);
            Kernel.attempt(SystemCall.EPOLL_CTL, descriptor, REMOVE, watched, event.address());
        }
    }

    /// Waits for events.
    ///
    /// @param milliseconds −1 for ever
    /// @return how many there are
    public int await(int milliseconds) {
        long count =
                Kernel.attempt(
                        SystemCall.EPOLL_PWAIT,
                        descriptor,
                        events.address(),
                        MOST_EVENTS,
                        milliseconds,
                        0,
                        8);
        return Errno.EINTR.is(count) ? 0 : (int) count;
    }

    /// The descriptor of an event of the last wait.
    public int descriptor(int event) {
        return events.get(JAVA_INT_UNALIGNED, (long) event * EVENT_SIZE + DATA_OFFSET);
    }

    /// What happened to it.
    public int happened(int event) {
        return events.get(JAVA_INT_UNALIGNED, (long) event * EVENT_SIZE);
    }
}
