package dev.clawhold.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A file that exists only in memory, sealed so that nothing can change it (`memfd_create(2)`).
public final class MemoryFile implements AutoCloseable {
    private static final long CLOEXEC = 1;
    private static final long ALLOW_SEALING = 2;
    private static final long EXEC = 0x10;
    private static final long ADD_SEALS = 1033;
    private static final long DUPLICATE = 1030; // F_DUPFD_CLOEXEC
    private static final long ALL_SEALS = 0xF;

    private final int descriptor;

    private MemoryFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /// A sealed executable file with this content.
    ///
    /// @throws SyscallException if the kernel refuses, as under `vm.memfd_noexec=2`
    public static MemoryFile executable(String name, byte[] content) {
        try (var arena = Arena.ofConfined()) {
            var label = arena.allocateFrom(name).address();
            // MFD_EXEC is known since Linux 6.3; before, every memory file was executable.
            var result =
                    Kernel.attempt(SystemCall.MEMFD_CREATE, label, CLOEXEC | ALLOW_SEALING | EXEC);
            if (Errno.EINVAL.is(result)) {
                result = Kernel.call(SystemCall.MEMFD_CREATE, label, CLOEXEC | ALLOW_SEALING);
            } else if (result < 0) {
                throw new SyscallException(SystemCall.MEMFD_CREATE, (int) -result);
            }
            var file = new MemoryFile(asideOfStatus((int) result));
            file.fill(arena.allocate(content.length).copyFrom(MemorySegment.ofArray(content)));
            return file;
        }
    }

    // Where the started image finds its status pipe, its own file would be covered.
    private static int asideOfStatus(int descriptor) {
        if (descriptor != LaunchImage.STATUS_DESCRIPTOR) {
            return descriptor;
        }
        int moved = (int) Kernel.call(SystemCall.FCNTL, descriptor, DUPLICATE, descriptor + 1L);
        Kernel.attempt(SystemCall.CLOSE, descriptor);
        return moved;
    }

    private void fill(MemorySegment content) {
        long done = 0;
        while (done < content.byteSize()) {
            done +=
                    Kernel.call(
                            SystemCall.WRITE,
                            descriptor,
                            content.address() + done,
                            content.byteSize() - done);
        }
        Kernel.call(SystemCall.FCNTL, descriptor, ADD_SEALS, ALL_SEALS);
    }

    String path() {
        return "/proc/self/fd/" + descriptor;
    }

    @Override
    public void close() {
        Kernel.attempt(SystemCall.CLOSE, descriptor);
    }
}
