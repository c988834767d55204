package dev.clawhold.linux;

/// The kernel refused a call that had to succeed.
public final class SyscallException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int errno;

    SyscallException(SystemCall call, int errno) {
        this(call.toString(), errno);
    }

    SyscallException(String call, int errno) {
        super(call + ": " + Errno.words(errno));
        this.errno = errno;
    }

    /// The positive error number.
    public int errno() {
        return errno;
    }
}
