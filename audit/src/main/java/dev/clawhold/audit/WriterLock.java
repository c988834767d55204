package dev.clawhold.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/// Holds a log for one writer on this machine, by a lock on `<log>.lock`. It is a file of its own
/// because the kernel drops a process's record locks as soon as the process closes *any* descriptor
/// of the locked file (fcntl_locking(2)): reading the log would unlock it.
final class WriterLock implements AutoCloseable {
    private final RandomAccessFile file;

    private WriterLock(RandomAccessFile file) {
        this.file = file;
    }

    static Path of(Path log) {
        return log.resolveSibling(log.getFileName() + ".lock");
    }

    /// @throws IOException also if another writer, here or in another process, has the log
    static WriterLock take(Path log) throws IOException {
        var file = PrivateFile.open(of(log));
        if (!isFree(file)) {
            file.close();
            throw new IOException("another `clawhold` is writing to it");
        }
        return new WriterLock(file);
    }

    private static boolean isFree(RandomAccessFile file) throws IOException {
        try {
            FileLock lock = file.getChannel().tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
