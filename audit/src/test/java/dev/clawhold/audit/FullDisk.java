package dev.clawhold.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// A log file on a disk that can be filled up: a write then leaves half of its bytes and fails.
final class FullDisk extends RandomAccessFile {
    private boolean full;
    private boolean stuck;

    FullDisk(Path file) throws IOException {
        super(file.toFile(), "rw");
    }

    /// A log on this disk.
    FileAuditLog log(Path path) throws IOException {
        var resources = new Resources();
        resources.add(this::close);
        var heads = HeadFile.open(path, Head.NONE);
        resources.add(heads::close);
        var opening =
                new LogOpening(
                        new LogFile(path, this, Duration.ZERO),
                        heads,
                        Head.NONE,
                        List.of(),
                        resources);
        return new FileAuditLog(
                opening, new Chain(Head.NONE, "test", InstantSource.system()), false);
    }

    synchronized void fillUp() {
        full = true;
    }

    /// From now on the file cannot be cut either.
    synchronized void stick() {
        stuck = true;
    }

    synchronized void makeRoom() {
        full = false;
        stuck = false;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        super.write(bytes, offset, full ? length / 2 : length);
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public synchronized void setLength(long length) throws IOException {
        if (stuck) {
            throw new IOException("Input/output error");
        }
        super.setLength(length);
    }
}
