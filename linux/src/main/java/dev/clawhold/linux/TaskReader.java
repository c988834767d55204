package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Looks at running tasks without reading text where the kernel offers values: a look costs one to
/// three microseconds, a file of `proc(5)` five times that. Everything is empty for a task that has
/// ended. Used by one thread.
public final class TaskReader {
    // `struct pidfd_info` of `linux/pidfd.h`, its first version (Linux 6.13).
    private static final int GET_INFO = 0xC040_FF0B;
    private static final int INFO_SIZE = 64;
    private static final long INFO_PID = 1;

    private static final int HERE = -100; // AT_FDCWD
    private static final int BASIC_STATS = 0x7ff;
    private static final int STATX_SIZE = 256;
    private static final int LONGEST_PATH = 4096;
    private static final int LONGEST_NAME = 64;
    private static final String GONE = " (deleted)";
    private static final long SECOND = 1_000_000_000;

    private final MemorySegment info = Arena.ofAuto().allocate(INFO_SIZE, 8);
    private final MemorySegment state = Arena.ofAuto().allocate(STATX_SIZE, 8);
    private final MemorySegment name = Arena.ofAuto().allocate(LONGEST_NAME);
    private final MemorySegment path = Arena.ofAuto().allocate(LONGEST_PATH);

    /// A task's process.
    ///
    /// @param pid the thread group's id
    /// @param parent its parent's; 0 where it has none that can be seen
    public record Ids(int pid, int parent) {}

    public TaskReader() {}

    /// The process of a task.
    ///
    /// @return empty also where the kernel does not offer it
    public Optional<Ids> ids(int tid) {
        int task = Descriptors.ofThread(tid);
        if (task < 0) {
            return Optional.empty();
        }
        info.fill((byte) 0).set(JAVA_LONG, 0, INFO_PID);
        long result =
                Kernel.attempt(SystemCall.IOCTL, task, GET_INFO & 0xFFFF_FFFFL, info.address());
        Descriptors.close(task);
        return result < 0
                ? Optional.empty()
                : Optional.of(new Ids(info.get(JAVA_INT, 20), info.get(JAVA_INT, 24)));
    }

    /// The state of the file that a task executes.
    public Optional<FileState> executableState(int tid) {
        name.setString(0, "/proc/" + tid + "/exe");
        return state(name);
    }

    private Optional<FileState> state(MemorySegment file) {
        long result =
                Kernel.attempt(
                        SystemCall.STATX, HERE, file.address(), 0, BASIC_STATS, state.address(), 0);
        return result < 0 ? Optional.empty() : Optional.of(decode());
    }

    private FileState decode() {
        return new FileState(
                (long) state.get(JAVA_INT, 136) << 32 | state.get(JAVA_INT, 140),
                state.get(JAVA_LONG, 32),
                state.get(JAVA_LONG, 40),
                time(112),
                time(96),
                state.get(JAVA_INT, 16));
    }

    private long time(int offset) {
        return state.get(JAVA_LONG, offset) * SECOND + state.get(JAVA_INT, offset + 8L);
    }

    /// The path of the file that a task executes, in the task's own view of the file system.
    ///
    /// @return empty also where the file is no longer there, and where the path is not UTF-8
    public Optional<String> executablePath(int tid) {
        name.setString(0, "/proc/" + tid + "/exe");
        long length =
                Kernel.attempt(
                        SystemCall.READLINKAT, HERE, name.address(), path.address(), LONGEST_PATH);
        if (length <= 0 || length == LONGEST_PATH) {
            return Optional.empty();
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(view(length)).toString();
            return text.endsWith(GONE) && !isThere(tid, text)
                    ? Optional.empty()
                    : Optional.of(text);
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private ByteBuffer view(long length) {
        return path.asSlice(0, length).asByteBuffer();
    }

    // The kernel marks a path that is gone by words that a file's name may have, too.
    private boolean isThere(int tid, String path) {
        try (var arena = Arena.ofConfined()) {
            var there = state(arena.allocateFrom("/proc/" + tid + "/root" + path));
            return there.isPresent() && there.equals(executableState(tid));
        }
    }
}
