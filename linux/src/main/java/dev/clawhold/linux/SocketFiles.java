package dev.clawhold.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Files of UNIX sockets: found as another process would find them, and asked for who listens
/// there, without connecting.
public final class SocketFiles {
    private static final int O_PATH_CLOEXEC = 0x200000 | 0x80000;
    private static final int O_DIRECTORY =
            Kernel.ARCHITECTURE == Architecture.X86_64 ? 0x10000 : 0x4000;
    private static final int RESOLVE_IN_ROOT_NO_MAGICLINKS = 0x10 | 0x02;
    private static final int AT_FDCWD = -100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_INO = 0x100;
    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int REQUEST_AND_DUMP = 0x301;
    private static final int LISTENING = 1 << 10;
    private static final int SHOW_FILE = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLMSG_ERROR = 2;
    private static final int UNIX_DIAG_VFS = 1;
    private static final int ANSWER = 64 * 1024;

    private SocketFiles() {}

    /// A file as a thread sees it: below its root, from its working directory, without magic links
    /// (`openat2(2)`).
    ///
    /// @return an `O_PATH` descriptor, or −errno
    public static int find(int tid, String path) {
        try (var arena = Arena.ofConfined()) {
            var rootPath = arena.allocateFrom("/proc/" + tid + "/root");
            long root =
                    Kernel.attempt(
                            SystemCall.OPENAT,
                            AT_FDCWD,
                            rootPath.address(),
                            O_PATH_CLOEXEC | O_DIRECTORY,
                            0);
            if (root < 0) {
                return (int) root;
            }
            var how = arena.allocate(24, 8);
            how.set(JAVA_LONG, 0, O_PATH_CLOEXEC);
            how.set(JAVA_LONG, 16, RESOLVE_IN_ROOT_NO_MAGICLINKS);
            long found =
                    Kernel.attempt(
                            SystemCall.OPENAT2,
                            root,
                            arena.allocateFrom(path).address(),
                            how.address(),
                            24);
            Descriptors.close((int) root);
            return (int) found;
        }
    }

    /// Whether a socket that is bound to the file listens in the namespace of a diagnosis socket
    /// (`sock_diag(7)`, UNIX_DIAG).
    ///
    /// @param diagnosis a `NETLINK_SOCK_DIAG` socket
    /// @param file a descriptor of the file
    public static boolean hasListener(int diagnosis, int file) {
        try (var arena = Arena.ofConfined()) {
            var wanted = identity(arena, file);
            return wanted.isPresent()
                    && ask(diagnosis, arena)
                    && answersHold(diagnosis, wanted.get(), arena);
        }
    }

    private record Identity(int inode, int device) {}

    private static Optional<Identity> identity(Arena arena, int file) {
        var facts = arena.allocate(256, 8);
        long result =
                Kernel.attempt(
                        SystemCall.STATX,
                        file,
                        arena.allocateFrom("").address(),
                        AT_EMPTY_PATH,
                        STATX_INO,
                        facts.address());
        if (result < 0) {
            return Optional.empty();
        }
        // The kernel's own encoding of a device: 12 bits of major over 20 of minor.
        int device = facts.get(JAVA_INT, 136) << 20 | facts.get(JAVA_INT, 140);
        return Optional.of(new Identity((int) facts.get(JAVA_LONG, 32), device));
    }

    private static boolean ask(int diagnosis, Arena arena) {
        var request = arena.allocate(40, 8);
        request.set(JAVA_INT, 0, 40);
        request.set(JAVA_SHORT, 4, (short) SOCK_DIAG_BY_FAMILY);
        request.set(JAVA_SHORT, 6, (short) REQUEST_AND_DUMP);
        request.set(JAVA_INT, 16, SocketAddress.UNIX);
        request.set(JAVA_INT, 20, LISTENING);
        request.set(JAVA_INT, 28, SHOW_FILE);
        request.set(JAVA_INT, 32, -1);
        request.set(JAVA_INT, 36, -1);
        return Kernel.attempt(SystemCall.SENDTO, diagnosis, request.address(), 40, 0, 0, 0) == 40;
    }

    private static boolean answersHold(int diagnosis, Identity wanted, Arena arena) {
        var answer = arena.allocate(ANSWER, 8);
        boolean found = false;
        while (true) {
            long size =
                    Kernel.attempt(
                            SystemCall.RECVFROM, diagnosis, answer.address(), ANSWER, 0, 0, 0);
            if (size <= 0) {
                return false;
            }
            for (long at = 0; at + 16 <= size; at += answer.get(JAVA_INT, at) + 3 & ~3) {
                int type = answer.get(JAVA_SHORT, at + 4);
                if (type == NLMSG_DONE || type == NLMSG_ERROR || answer.get(JAVA_INT, at) < 16) {
                    return found && type == NLMSG_DONE;
                }
                found |= isFile(answer.asSlice(at, answer.get(JAVA_INT, at)), wanted);
            }
        }
    }

    // A message: 16 bytes of header, 16 of unix_diag_msg, then attributes.
    private static boolean isFile(MemorySegment message, Identity wanted) {
        long at = 32;
        while (at + 12 <= message.byteSize()) {
            int length = message.get(JAVA_SHORT, at) & 0xFFFF;
            if ((message.get(JAVA_SHORT, at + 2) & 0x3FFF) == UNIX_DIAG_VFS) {
                return message.get(JAVA_INT, at + 4) == wanted.inode()
                        && message.get(JAVA_INT, at + 8) == wanted.device();
            }
            at += Math.max(4, length + 3 & ~3);
        }
        return false;
    }
}
