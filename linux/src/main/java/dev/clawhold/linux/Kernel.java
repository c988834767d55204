package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// The one door to the kernel: libc's variadic `syscall(2)`, which acts on the calling thread alone
/// (libc's own wrappers of `setuid` and its like change all threads).
@SuppressWarnings("restricted") // native access is this module's purpose
final class Kernel {
    static final Linker LINKER = Linker.nativeLinker();
    static final Architecture ARCHITECTURE = Architecture.current();

    // One shape for every function of libc that is called: linking a second shape costs as much as
    // the first, 10 to 50 ms of a start. What a function does not take, it does not look at.
    private static final MethodHandle CALL =
            LINKER.downcallHandle(
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                            JAVA_LONG, JAVA_LONG),
                    Linker.Option.captureCallState("errno"));

    private static final MemorySegment SYSCALL = function("syscall");

    // One errno cell a thread: a cell per call would cost 30 to 80 ns.
    private static final ThreadLocal<MemorySegment> ERRNO =
            ThreadLocal.withInitial(
                    () -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private Kernel() {}

    /// Makes a call that must succeed.
    ///
    /// @throws SyscallException if the kernel refuses; it names the call and the error
    static long call(SystemCall call, long... arguments) {
        var result = attempt(call, arguments);
        if (result < 0) {
            throw new SyscallException(call, (int) -result);
        }
        return result;
    }

    /// Makes a call whose failure is an expected outcome.
    ///
    /// @param arguments up to six, as the call's manual page lists them
    /// @return the kernel's result, or −errno
    static long attempt(SystemCall call, long... arguments) {
        return attempt(
                call,
                at(arguments, 0),
                at(arguments, 1),
                at(arguments, 2),
                at(arguments, 3),
                at(arguments, 4),
                at(arguments, 5));
    }

    static long attempt(SystemCall call, long a, long b, long c, long d, long e, long f) {
        var state = ERRNO.get();
        try {
            var number = (long) call.number(ARCHITECTURE);
            var result = (long) CALL.invokeExact(SYSCALL, state, number, a, b, c, d, e, f);
            return result == -1 ? -state.get(JAVA_INT, 0) : result;
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall without upcalls threw", impossible);
        }
    }

    /// A function of libc.
    static MemorySegment function(String name) {
        return LINKER.defaultLookup().findOrThrow(name);
    }

    /// Calls a function of libc that returns an `int` and is not variadic.
    ///
    /// @param arguments up to seven addresses and whole numbers
    static int call(MemorySegment function, long... arguments) {
        var a = Arrays.copyOf(arguments, 7);
        try {
            return (int)
                    (long)
                            CALL.invokeExact(
                                    function,
                                    ERRNO.get(),
                                    a[0],
                                    a[1],
                                    a[2],
                                    a[3],
                                    a[4],
                                    a[5],
                                    a[6]);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall without upcalls threw", impossible);
        }
    }

    private static long at(long[] arguments, int index) {
        return index < arguments.length ? arguments[index] : 0;
    }
}
