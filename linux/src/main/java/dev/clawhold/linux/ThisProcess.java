package dev.clawhold.linux;

/// The end of this process.
public final class ThisProcess {
    private ThisProcess() {}

    /// Ends it at once, whatever its threads do (`exit_group(2)`). `Runtime.halt` would wait 300 ms
    /// for threads that are blocked in the kernel, and a gateway's always are.
    public static void end(int status) {
        Kernel.attempt(SystemCall.EXIT_GROUP, status);
    }
}
