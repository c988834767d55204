package dev.clawhold.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/// Files that only the operator can write: another user's planted file, link or directory is
/// refused.
final class PrivateFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int WRITABLE_BY_OTHERS = 0022;

    private PrivateFile() {}

    /// Makes the directory (0700) that the file will stand in, unless it is there.
    static void makeDirectoryOf(Path file) throws IOException {
        var directory = file.getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
        }
    }

    /// Opens the file for reading and writing, and makes it (0600) where it is not there.
    static RandomAccessFile open(Path file) throws IOException {
        create(file);
        check(file);
        return new RandomAccessFile(file.toFile(), "rw");
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, OWNER_ONLY_FILE);
        } catch (FileAlreadyExistsException _) {
            // `check` says whether it may be used.
        }
    }

    private static void check(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is not a regular file");
        }
        if (!Objects.equals(owner(file), owner(Path.of("/proc/self")))) {
            throw new IOException("it belongs to another user");
        }
        var mode = Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if (mode instanceof Integer m && (m & WRITABLE_BY_OTHERS) != 0) {
            throw new IOException("other users can write to it");
        }
    }

    /// `/proc/self` belongs to the effective user of this process, proc_pid(5).
    private static Object owner(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid");
    }
}
