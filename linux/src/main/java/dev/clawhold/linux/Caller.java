package dev.clawhold.linux;

/// Who runs this process.
///
/// @param uid the real user id, as the caller's user namespace counts
/// @param gid the real group id
public record Caller(long uid, long gid) {

    /// This process's ids.
    public static Caller current() {
        return new Caller(Kernel.call(SystemCall.GETUID), Kernel.call(SystemCall.GETGID));
    }

    /// Whether the kernel gives it powers of its own.
    public boolean isRoot() {
        return uid == 0;
    }
}
