package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Memory that the kernel reads and writes directly. Used by one thread at a time.
public final class OffHeap {
    private final MemorySegment segment;

    /// So many zero bytes, freed when nobody refers to them any more.
    public OffHeap(int size) {
        segment = Arena.ofAuto().allocate(size, 8);
    }

    public int size() {
        return (int) segment.byteSize();
    }

    long address() {
        return segment.address();
    }

    /// A copy of the first bytes.
    public byte[] copy(int length) {
        return copy(0, length);
    }

    /// A copy of some bytes.
    public byte[] copy(int offset, int length) {
        return segment.asSlice(offset, length).toArray(JAVA_BYTE);
    }

    /// A view of the first bytes.
    public ByteBuffer view(int length) {
        return segment.asSlice(0, length).asByteBuffer();
    }

    /// Puts bytes at the start.
    public void put(byte[] bytes) {
        MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
    }
}
