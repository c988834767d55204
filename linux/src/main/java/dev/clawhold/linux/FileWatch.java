package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells which entries of some directories have been closed after writing, renamed into place, or
/// made (`inotify(7)`): never a file in the middle of being written. Used by one thread.
public final class FileWatch {
    private static final int CLOEXEC = 0x80000;
    private static final int CLOSE_WRITE = 0x8;
    private static final int MOVED_TO = 0x80;
    private static final int CREATE = 0x100;
    private static final int OVERFLOW = 0x4000;
    private static final int SIZE = 16 * 1024;
    private static final int HEADER = 16;

    /// One change.
    ///
    /// @param directory as it was given to [#watch]; empty: changes were lost, look at everything
    /// @param name of the entry
    /// @param complete whether the entry is whole: written and closed, or renamed into place; else
    ///   it has only been made
    public record Change(String directory, String name, boolean complete) {
        /// Whether changes were lost.
        public boolean isOverflow() {
            return directory.isEmpty();
        }
    }

    private final int descriptor;
    private final Map<Integer, String> directories = new HashMap<>();
    private final MemorySegment events = Arena.ofAuto().allocate(SIZE, 8);

    public FileWatch() {
        descriptor = (int) Kernel.call(SystemCall.INOTIFY_INIT1, CLOEXEC);
    }

    /// Watches a directory; watching it again changes nothing.
    ///
    /// @return whether it is there
    public boolean watch(String directory) {
        try (var arena = Arena.ofConfined()) {
            long watch =
                    Kernel.attempt(
                            SystemCall.INOTIFY_ADD_WATCH,
                            descriptor,
                            arena.allocateFrom(directory).address(),
                            CLOSE_WRITE | MOVED_TO | CREATE);
            if (watch >= 0) {
                directories.put((int) watch, directory);
            }
            return watch >= 0;
        }
    }

    /// Waits for the next changes.
    public List<Change> await() {
        long size;
        do {
            size = Kernel.attempt(SystemCall.READ, descriptor, events.address(), SIZE);
        } while (Errno.EINTR.is(size));
        if (size < 0) {
            throw new SyscallException(SystemCall.READ, (int) -size);
        }
        var changes = new ArrayList<Change>();
        for (long at = 0; at + HEADER <= size; at += HEADER + events.get(JAVA_INT, at + 12)) {
            changes.add(change(at));
        }
        return changes;
    }

    private Change change(long at) {
        int mask = events.get(JAVA_INT, at + 4);
        var directory = directories.get(events.get(JAVA_INT, at));
        if ((mask & OVERFLOW) != 0 || directory == null) {
            return new Change("", "", true);
        }
        var name = events.asSlice(at + HEADER, events.get(JAVA_INT, at + 12)).toArray(JAVA_BYTE);
        var text = new String(name, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return new Change(
                directory,
                end < 0 ? text : text.substring(0, end),
                (mask & (CLOSE_WRITE | MOVED_TO)) != 0);
    }
}
