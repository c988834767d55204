package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A datagram socket that answers whoever has asked last. Used by one thread.
public final class Datagrams {
    private static final int ADDRESS_SIZE = 128;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;

    private final int socket;
    private final MemorySegment sender = Arena.ofAuto().allocate(ADDRESS_SIZE, 8);
    private final MemorySegment length = Arena.ofAuto().allocate(JAVA_INT);

    /// Uses a descriptor that belongs to the caller.
    public Datagrams(int socket) {
        this.socket = socket;
    }

    /// Takes the next datagram.
    ///
    /// @return its size, or −errno
    public int receive(OffHeap buffer) {
        length.set(JAVA_INT, 0, ADDRESS_SIZE);
        return (int)
                Kernel.attempt(
                        SystemCall.RECVFROM,
                        socket,
                        buffer.address(),
                        buffer.size(),
                        MSG_DONTWAIT,
                        sender.address(),
                        length.address());
    }

    /// Sends bytes to the sender of the last one.
    public void reply(OffHeap buffer, int size) {
        Kernel.attempt(
                SystemCall.SENDTO,
                socket,
                buffer.address(),
                size,
                MSG_DONTWAIT | MSG_NOSIGNAL,
                sender.address(),
                length.get(JAVA_INT, 0));
    }
}
