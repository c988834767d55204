package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Starts a program with `posix_spawn(3)`: standard descriptors inherited, every signal at its
/// default, none blocked, an empty environment.
public final class Spawn {
    private static final short SETSIGMASK_AND_SETSIGDEF = 0x08 | 0x04;
    private static final int OPAQUE = 512; // glibc's structures have 80 and 336 bytes
    private static final int SIGNAL_SET = 128;

    private final MemorySegment spawn = Kernel.function("posix_spawn");
    private final MemorySegment actionsInit = Kernel.function("posix_spawn_file_actions_init");
    private final MemorySegment dup2 = Kernel.function("posix_spawn_file_actions_adddup2");
    private final MemorySegment attributesInit = Kernel.function("posix_spawnattr_init");
    private final MemorySegment flags = Kernel.function("posix_spawnattr_setflags");
    private final MemorySegment defaults = Kernel.function("posix_spawnattr_setsigdefault");

    /// Finds the calls.
    public Spawn() {}

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
        Kernel.call(actionsInit, actions.address());
        if (status >= 0) {
            Kernel.call(dup2, actions.address(), status, LaunchImage.STATUS_DESCRIPTOR);
        }
        Kernel.call(attributesInit, attributes.address());
        Kernel.call(flags, attributes.address(), SETSIGMASK_AND_SETSIGDEF);
        Kernel.call(defaults, attributes.address(), everySignal.address());
        return Kernel.call(
                spawn,
                pid.address(),
                arena.allocateFrom(path).address(),
                actions.address(),
                attributes.address(),
                argv.address(),
                environment.address());
    }
}
