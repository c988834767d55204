package dev.clawhold.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/// An audit log in a file of JSON Lines, each record linked to the one before by its hash.
///
/// A record has been handed to the kernel when [#record] returns, so that a killed process loses
/// none; it is on the disk within 5 ms, or before `record` returns for the kinds that wait. Records
/// that come while another is being written share one write and one sync. If a write fails, nothing
/// of it stays in the file, and every record fails until a write works again.
///
/// Beside the log stand `<log>.head`, which names the last record on the disk, and `<log>.lock`.
public final class FileAuditLog extends AuditLog implements AutoCloseable {
    private static final Duration CHECK_EVERY = Duration.ofMillis(5);

    private final LogFile file;
    private final DiskSync disk;
    private final Resources resources;
    private final boolean syncEach;

    private final ReentrantLock chainLock = new ReentrantLock();
    // Guarded by chainLock.
    private final Chain chain;
    private Batch filling = new Batch(new JsonBytes());
    private boolean closed;

    private final ReentrantLock writeLock = new ReentrantLock();
    // Guarded by writeLock.
    private JsonBytes spare = new JsonBytes();
    private Head written;

    FileAuditLog(LogOpening opening, Chain chain, boolean syncEach) {
        this.file = opening.log();
        this.resources = opening.resources();
        this.disk = new DiskSync(file, opening.heads(), opening.head());
        this.chain = chain;
        this.written = opening.head();
        this.syncEach = syncEach;
        disk.start();
    }

    /// Opens the log for this writer alone, and makes it (mode 0600, its directory 0700) if it is
    /// not there. A line that a crash broke off is cut away, and the cut is recorded.
    ///
    /// @param sandbox the name that every record bears
    /// @param clock gives the records' times
    /// @param syncEach whether every record waits for the disk
    /// @throws AuditException if it cannot be written, another writer has it, or it was cut or
    ///   damaged
    public static FileAuditLog open(
            Path file, String sandbox, InstantSource clock, boolean syncEach) {
        return open(file, sandbox, clock, syncEach, CHECK_EVERY);
    }

    static FileAuditLog open(
            Path file, String sandbox, InstantSource clock, boolean syncEach, Duration checkEvery) {
        try {
            var opening = LogOpening.of(file.toAbsolutePath(), checkEvery);
            var log =
                    new FileAuditLog(opening, new Chain(opening.head(), sandbox, clock), syncEach);
            log.begin(opening);
            return log;
        } catch (IOException e) {
            throw AuditException.of("cannot open the audit log `" + file + "`", e);
        }
    }

    private void begin(LogOpening opening) {
        boolean begun = false;
        try {
            opening.notes().forEach(this::record);
            begun = true;
        } finally {
            if (!begun) {
                close();
            }
        }
    }

    @Override
    long append(Event event) {
        try {
            disk.check();
            long seq = write(event);
            if (syncEach || waitsForDisk(event)) {
                disk.await(seq);
            }
            return seq;
        } catch (IOException e) {
            throw AuditException.of("cannot write the audit log `" + file.path() + "`", e);
        }
    }

    /// What a restart or a bill must never have forgotten waits for the disk; the rest follows it
    /// within 5 ms.
    private static boolean waitsForDisk(Event event) {
        return switch (event) {
            case Event.PolicyChange _, Event.Lifecycle _ -> true;
            case Event.Egress _, Event.Misnamed _, Event.Http _, Event.Refusal _ -> false;
        };
    }

    private long write(Event event) throws IOException {
        while (true) {
            long seq = 0;
            Batch batch;
            chainLock.lock();
            try {
                if (closed) {
                    throw new IOException("it is closed");
                }
                batch = filling;
                if (!batch.isFull()) {
                    seq = chain.append(event, batch.bytes());
                }
            } finally {
                chainLock.unlock();
            }
            settle(batch);
            if (seq > 0) {
                return seq;
            }
        }
    }

    /// The first to come writes for all whose records are in the batch; the others find it done.
    private void settle(Batch batch) throws IOException {
        writeLock.lock();
        try {
            if (!batch.isSettled()) {
                writeOut(batch);
            }
        } finally {
            writeLock.unlock();
        }
        var failure = batch.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void writeOut(Batch batch) {
        var last = startNext();
        try {
            file.append(batch.bytes().array(), batch.bytes().length());
            batch.written();
            written = last;
            disk.wrote(last);
        } catch (IOException e) {
            batch.failed(e);
            discardFilling(e);
        }
        spare = batch.bytes();
        spare.cutTo(0);
    }

    /// Gives producers another batch to fill, and returns the last record of the one before.
    private Head startNext() {
        chainLock.lock();
        try {
            filling = new Batch(spare);
            return chain.head();
        } finally {
            chainLock.unlock();
        }
    }

    /// What came since then is chained to records that are not in the file.
    private void discardFilling(IOException cause) {
        chainLock.lock();
        try {
            var bytes = filling.bytes();
            bytes.cutTo(0);
            filling.failed(cause);
            filling = new Batch(bytes);
            chain.backTo(written);
        } finally {
            chainLock.unlock();
        }
    }

    /// Waits until all is on the disk and gives the log free for another writer. Later records
    /// fail.
    ///
    /// @throws AuditException if the last records are not known to be on the disk
    @Override
    public void close() {
        Batch last;
        chainLock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            last = filling;
        } finally {
            chainLock.unlock();
        }
        try (resources) {
            writeRest(last);
            disk.close();
            disk.check();
        } catch (IOException e) {
            throw AuditException.of("cannot close the audit log `" + file.path() + "`", e);
        }
    }

    /// A batch that some producer has filled but not yet come to write.
    private void writeRest(Batch batch) {
        writeLock.lock();
        try {
            if (!batch.isSettled() && batch.bytes().length() > 0) {
                writeOut(batch);
            }
        } finally {
            writeLock.unlock();
        }
    }
}
