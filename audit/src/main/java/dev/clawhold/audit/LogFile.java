package dev.clawhold.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;

/// The open file of a log. It holds whole lines only: what a failed write left is cut off before
/// the next. One thread at a time writes; another may force.
///
/// Writes go through a `RandomAccessFile`, because an interrupt closes a `FileChannel` that its
/// thread is writing to: one impatient thread would end the log of all.
final class LogFile {
    private final Path path;
    private final RandomAccessFile file;
    private final Object key;
    private final long checkEvery;
    private long lastCheck;
    private long end;
    private boolean torn;

    /// @param file open for reading and writing, made of whole lines
    /// @param checkEvery how often at most a write looks whether the path still names this file
    LogFile(Path path, RandomAccessFile file, Duration checkEvery) throws IOException {
        this.path = path;
        this.file = file;
        this.key = attributes(path).fileKey();
        this.checkEvery = checkEvery.toNanos();
        this.lastCheck = System.nanoTime() - this.checkEvery;
        this.end = file.length();
        file.seek(end);
    }

    Path path() {
        return path;
    }

    /// Appends all the bytes or, if it fails, none of them.
    void append(byte[] bytes, int length) throws IOException {
        if (torn) {
            mend();
        }
        checkIdentity();
        try {
            file.write(bytes, 0, length);
        } catch (IOException e) {
            tryToMend(e);
            throw e;
        }
        end += length;
    }

    private void tryToMend(IOException cause) {
        torn = true;
        try {
            mend();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void mend() throws IOException {
        file.setLength(end);
        file.seek(end);
        torn = false;
    }

    /// Where the path leads elsewhere, or somebody else changed the length, records would be lost.
    private void checkIdentity() throws IOException {
        long now = System.nanoTime();
        if (now - lastCheck < checkEvery) {
            return;
        }
        var found = present();
        if (!Objects.equals(found.fileKey(), key)) {
            throw new IOException("another file was put in its place while it was open");
        }
        if (found.size() != end) {
            throw new IOException("somebody else wrote to it or cut it while it was open");
        }
        lastCheck = now;
    }

    private BasicFileAttributes present() throws IOException {
        try {
            return attributes(path);
        } catch (NoSuchFileException e) {
            throw new IOException("it was removed while it was open", e);
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /// Waits until all that was written is on the disk (`fdatasync(2)`).
    void force() throws IOException {
        file.getChannel().force(false);
    }
}
