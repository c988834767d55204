package dev.clawhold.linux;

/// The ids of the calling thread alone (`credentials(7)`).
public final class Credentials {
    private Credentials() {}

    /// Takes other ids for good, where the caller is root; an ordinary caller keeps its own.
    public static void become(long uid, long gid) {
        if (Caller.current().isRoot()) {
            Kernel.call(SystemCall.SETGROUPS, 0, 0);
            Kernel.call(SystemCall.SETRESGID, gid, gid, gid);
            Kernel.call(SystemCall.SETRESUID, uid, uid, uid);
        }
    }
}
