package dev.clawhold.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Landlock's rights by ABI, and its structures as bytes (`landlock(7)`, kernel
/// `userspace-api/landlock.rst`).
///
/// @param abi what the kernel offers: 1 (5.13) to 7 (6.15); a newer one is used as 7
public record Landlock(int abi) {
    /// Read and list, and execute.
    public static final long READ_ONLY = 0x000D;

    /// All but making device nodes.
    public static final long READ_WRITE = 0xF7BF;

    /// Read and list.
    public static final long PROC = 0x000C;

    /// Read, write, list and control devices.
    public static final long DEV = 0xC00E;

    /// List.
    public static final long LIST = 0x0008;

    /// Rights that can be given on what is not a directory.
    public static final long ON_FILE = 0xC007;

    /// The kernel's command for `landlock_restrict_self`: log denials of what is executed next.
    public static final long LOG_NEW_EXEC = 2;

    private static final long[] FILE_RIGHTS = {
        0, 0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF, 0xFFFF, 0xFFFF
    };
    private static final long NET_BIND_CONNECT = 3;
    private static final long NET_CONNECT = 2;
    private static final long SCOPE_ABSTRACT_UNIX_AND_SIGNAL = 3;
    private static final int NEWEST = 7;

    /// An ABI as the kernel offers it.
    ///
    /// @throws IllegalArgumentException below 1
    public Landlock {
        if (abi < 1) {
            throw new IllegalArgumentException("Landlock ABI " + abi);
        }
        abi = Math.min(abi, NEWEST);
    }

    /// What this kernel offers.
    ///
    /// @return 0 where Landlock is not there or not enabled
    public static int offered() {
        return (int) Math.max(0, Kernel.attempt(SystemCall.LANDLOCK_CREATE_RULESET, 0, 0, 1));
    }

    /// Every file right of the ABI.
    public long fileRights() {
        return FILE_RIGHTS[abi];
    }

    /// The rights that are left of some in this ABI.
    public long offered(long rights) {
        return rights & fileRights();
    }

    /// Whether TCP connects can be refused by it.
    public boolean coversNetwork() {
        return abi >= 4;
    }

    /// Whether it can confine abstract sockets and signals.
    public boolean hasScopes() {
        return abi >= 6;
    }

    /// Whether denials can be logged.
    public boolean logs() {
        return abi >= 7;
    }

    /// `struct landlock_ruleset_attr`: all file rights, TCP connect where the ABI has it, with no
    /// port rule to follow, and both scopes.
    public byte[] rulesetAttribute() {
        int size = abi < 4 ? 8 : abi < 6 ? 16 : 24;
        var out = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(fileRights());
        out.putLong(NET_CONNECT & NET_BIND_CONNECT);
        out.putLong(SCOPE_ABSTRACT_UNIX_AND_SIGNAL);
        var attribute = new byte[size];
        out.get(0, attribute);
        return attribute;
    }

    /// `struct landlock_path_beneath_attr`, packed, with room for an eight-byte store of the
    /// descriptor at offset 8.
    public byte[] pathRule(long rights) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(offered(rights))
                .array();
    }
}
