package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Wakes a thread that waits in [Epoll] (`eventfd(2)`). Any thread may signal.
public final class EventDescriptor {
    private static final int NONBLOCK_CLOEXEC = 0x800 | 0x80000;

    private final int descriptor;
    private final MemorySegment one = Arena.ofAuto().allocate(JAVA_LONG);
    private final MemorySegment sink = Arena.ofAuto().allocate(JAVA_LONG);

    public EventDescriptor() {
        descriptor = (int) Kernel.call(SystemCall.EVENTFD2, 0, NONBLOCK_CLOEXEC);
        one.set(JAVA_LONG, 0, 1);
    }

    public int descriptor() {
        return descriptor;
    }

    public void signal() {
        Kernel.attempt(SystemCall.WRITE, descriptor, one.address(), 8);
    }

    /// Takes the signals that have come.
    public void drain() {
        Kernel.attempt(SystemCall.READ, descriptor, sink.address(), 8);
    }
}
