package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.util.Optional;

/// Reads another process's memory (`process_vm_readv(2)`).
public final class ProcessMemory {
    private ProcessMemory() {}

    /// A copy of its bytes, all in one read.
    ///
    /// @return empty where not all of them can be read
    public static Optional<byte[]> read(int tid, long address, int length) {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocate(length, 8);
            var local = arena.allocate(16, 8);
            local.set(JAVA_LONG, 0, bytes.address());
            local.set(JAVA_LONG, 8, length);
            var remote = arena.allocate(16, 8);
            remote.set(JAVA_LONG, 0, address);
            remote.set(JAVA_LONG, 8, length);
            long read =
                    Kernel.attempt(
                            SystemCall.PROCESS_VM_READV,
                            tid,
                            local.address(),
                            1,
                            remote.address(),
                            1,
                            0);
            return read == length ? Optional.of(bytes.toArray(JAVA_BYTE)) : Optional.empty();
        }
    }
}
