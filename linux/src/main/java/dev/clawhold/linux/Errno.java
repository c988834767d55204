package dev.clawhold.linux;

/// Error numbers of the kernel (`errno(3)`; equal on both architectures), with the words that
/// messages use.
public enum Errno {
    EPERM(1, "operation not permitted"),
    ENOENT(2, "no such file or directory"),
    ESRCH(3, "no such process"),
    EINTR(4, "interrupted"),
    EIO(5, "input/output error"),
    E2BIG(7, "argument list too long"),
    ENOEXEC(8, "not an executable format"),
    EBADF(9, "bad file descriptor"),
    EAGAIN(11, "try again"),
    ENOMEM(12, "out of memory"),
    EACCES(13, "permission denied"),
    EFAULT(14, "bad address"),
    EBUSY(16, "busy"),
    EEXIST(17, "file exists"),
    EXDEV(18, "invalid cross-device link"),
    ENODEV(19, "no such device"),
    ENOTDIR(20, "not a directory"),
    EISDIR(21, "is a directory"),
    EINVAL(22, "invalid argument"),
    EMFILE(24, "too many open files"),
    ENOSPC(28, "no space left on device"),
    EROFS(30, "read-only file system"),
    EPIPE(32, "broken pipe"),
    ENOSYS(38, "not implemented by this kernel"),
    EPROTONOSUPPORT(93, "protocol not supported"),
    ENOPROTOOPT(92, "protocol option not available"),
    EOPNOTSUPP(95, "operation not supported"),
    EAFNOSUPPORT(97, "address family not supported"),
    EADDRINUSE(98, "address in use"),
    ENETUNREACH(101, "network is unreachable"),
    ECONNRESET(104, "connection reset"),
    EISCONN(106, "already connected"),
    ENOTCONN(107, "not connected"),
    ETIMEDOUT(110, "timed out"),
    ECONNREFUSED(111, "connection refused"),
    EHOSTUNREACH(113, "no route to host"),
    EINPROGRESS(115, "in progress");

    private final int number;
    private final String words;

    Errno(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /// The positive number.
    public int number() {
        return number;
    }

    /// Whether a raw result (−errno on failure) is this error.
    public boolean is(long result) {
        return result == -number;
    }

    /// What an error number means, in words.
    ///
    /// @param number positive
    public static String words(int number) {
        for (var errno : values()) {
            if (errno.number == number) {
                return errno.words;
            }
        }
        return "error " + number;
    }
}
