package dev.clawhold.linux;

import java.util.HexFormat;
import java.util.Locale;

/// A processor architecture that launch images can be written for.
public enum Architecture {
    /// AMD64: `e_machine` 62, audit word `AUDIT_ARCH_X86_64`.
    X86_64(62, 0xC000_003EL, 4096, Stubs.X86_64),
    /// ARM64: `e_machine` 183, audit word `AUDIT_ARCH_AARCH64`. Pages may be 64 KiB there.
    AARCH64(183, 0xC000_00B7L, 65_536, Stubs.AARCH64);

    private final int machine;
    private final long auditWord;
    private final int segmentAlignment;
    private final String stub;

    Architecture(int machine, long auditWord, int segmentAlignment, String stub) {
        this.machine = machine;
        this.auditWord = auditWord;
        this.segmentAlignment = segmentAlignment;
        this.stub = stub;
    }

    /// The architecture of this machine.
    ///
    /// @throws IllegalStateException on any other than the two
    public static Architecture current() {
        var name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> throw new IllegalStateException("no launch image for `" + name + "`");
        };
    }

    int machine() {
        return machine;
    }

    /// The word that `seccomp_data.arch` holds for native calls (`linux/audit.h`).
    public long auditWord() {
        return auditWord;
    }

    int segmentAlignment() {
        return segmentAlignment;
    }

    byte[] stub() {
        return HexFormat.of().parseHex(stub);
    }
}
