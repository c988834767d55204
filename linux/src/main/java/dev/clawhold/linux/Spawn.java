package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// Starts a program with `posix_spawn(3)`: standard descriptors inherited, every signal at its
/// default, none blocked, an empty environment.
@SuppressWarnings("restricted") // native access is this module's purpose
public final class Spawn {
    private static final short SETSIGMASK_AND_SETSIGDEF = 0x08 | 0x04;
    private static final int OPAQUE = 512; // glibc's structures have 80 and 336 bytes
    private static final int SIGNAL_SET = 128;

    private final MethodHandle spawn =
            handle("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private final MethodHandle actionsInit = handle("posix_spawn_file_actions_init", ADDRESS);
    private final MethodHandle dup2 =
            handle("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
    private final MethodHandle attributesInit = handle("posix_spawnattr_init", ADDRESS);
    private final MethodHandle flags = handle("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
    private final MethodHandle defaults = handle("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);

    /// Links the calls; costs some milliseconds once.
    public Spawn() {}

    private static MethodHandle handle(String name, MemoryLayout... arguments) {
        var address = Kernel.LINKER.defaultLookup().findOrThrow(name);
        return Kernel.LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    /// Starts the image; the process keeps the caller's group and terminal.
    ///
    /// @param status a descriptor that the image finds as [LaunchImage#STATUS_DESCRIPTOR]
    /// @throws SyscallException if the kernel refuses to execute it
    public ChildProcess start(MemoryFile image, int status) {
        return start(image.path(), List.of("clawhold-keeper"), status);
    }

    /// Starts any program by its path, for comparison with an image.
    public ChildProcess start(String path, List<String> arguments, int status) {
        try (var arena = Arena.ofConfined()) {
            var pid = arena.allocate(JAVA_INT);
            int error = start(arena, pid, path, arguments, status);
            if (error != 0) {
                throw new SyscallException("posix_spawn", error);
            }
            return new ChildProcess(pid.get(JAVA_INT, 0));
        }
    }

    private int start(
            Arena arena, MemorySegment pid, String path, List<String> arguments, int status) {
        var actions = arena.allocate(OPAQUE, 16);
        var attributes = arena.allocate(OPAQUE, 16);
        var everySignal = arena.allocate(SIGNAL_SET, 16).fill((byte) 0xFF);
        var argv = arena.allocate(ADDRESS, arguments.size() + 1L);
        for (int i = 0; i < arguments.size(); i++) {
            argv.setAtIndex(ADDRESS, i, arena.allocateFrom(arguments.get(i)));
        }
        var environment = arena.allocate(ADDRESS);
        try {
            var _ = (int) actionsInit.invokeExact(actions);
            if (status >= 0) {
                var _ = (int) dup2.invokeExact(actions, status, LaunchImage.STATUS_DESCRIPTOR);
            }
            var _ = (int) attributesInit.invokeExact(attributes);
            var _ = (int) flags.invokeExact(attributes, SETSIGMASK_AND_SETSIGDEF);
            var _ = (int) defaults.invokeExact(attributes, everySignal);
            return (int)
                    spawn.invokeExact(
                            pid, arena.allocateFrom(path), actions, attributes, argv, environment);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall without upcalls threw", impossible);
        }
    }
}
