package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;

/// What this kernel can do, found out by asking it, never by its version.
public final class KernelFeatures {
    private static final int SECCOMP_GET_NOTIF_SIZES = 3;
    private static final short NOTIFICATION = 80;
    private static final short RESPONSE = 24;
    private static final short DATA = 64;

    private KernelFeatures() {}

    /// Whether filters can hand calls over, in structures of the sizes that [ConnectListener] reads
    /// (`seccomp(2)`, SECCOMP_GET_NOTIF_SIZES).
    public static boolean handsCallsOver() {
        try (var arena = Arena.ofConfined()) {
            var sizes = arena.allocate(8, 8);
            long result =
                    Kernel.attempt(SystemCall.SECCOMP, SECCOMP_GET_NOTIF_SIZES, 0, sizes.address());
            return result >= 0
                    && sizes.get(JAVA_SHORT, 0) == NOTIFICATION
                    && sizes.get(JAVA_SHORT, 2) == RESPONSE
                    && sizes.get(JAVA_SHORT, 4) == DATA;
        }
    }

    /// Whether a descriptor can stand for a single thread (Linux 6.9).
    public static boolean describesThreads() {
        int self = Descriptors.ofThread((int) Kernel.call(SystemCall.GETPID));
        if (self >= 0) {
            Descriptors.close(self);
        }
        return self >= 0;
    }

    /// Whether the kernel executes memory files.
    public static boolean executesMemory() {
        var image = ImageBuilder.begin(Kernel.ARCHITECTURE);
        image.attempt("", SystemCall.EXIT_GROUP, Operand.number(0));
        image.failureScript();
        try (var file = MemoryFile.executable("clawhold-probe", image.build().file())) {
            return new Spawn().start(file, -1).await() == 0;
        } catch (SyscallException _) {
            return false;
        }
    }
}
