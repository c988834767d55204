package dev.clawhold.audit;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Brings what was written to the disk: within 5 ms, or at once when somebody waits for it, one
/// `fdatasync` for all who wait. Then it notes the head beside the log. Idle, it sleeps.
///
/// A failed force is final: the kernel may have dropped the pages and report success the next time
/// (fsync(2), NOTES), so nothing is recorded any more. A head that cannot be noted is tried again.
final class DiskSync implements AutoCloseable {
    private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(5);

    private final LogFile log;
    private final HeadFile heads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition done = lock.newCondition();
    private final Thread thread;
    private Head written;
    private Head durable;
    private int waiting;
    private boolean closing;
    private boolean lost;
    private volatile @Nullable IOException failure;

    DiskSync(LogFile log, HeadFile heads, Head durable) {
        this.log = log;
        this.heads = heads;
        this.written = durable;
        this.durable = durable;
        this.thread = Thread.ofPlatform().daemon().name("clawhold-audit-sync").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Says that the file now reaches to this record.
    void wrote(Head head) {
        lock.lock();
        try {
            if (written.equals(durable)) {
                work.signal();
            }
            written = head;
        } finally {
            lock.unlock();
        }
    }

    /// Stops those who want to record while the disk does not keep up with what it was given.
    void check() throws IOException {
        var cause = failure;
        if (cause != null) {
            throw new IOException(AuditException.words(cause), cause);
        }
    }

    /// Waits until the record is on the disk.
    void await(long seq) throws IOException {
        lock.lock();
        try {
            waiting++;
            work.signal();
            while (durable.seq() < seq && failure == null) {
                done.awaitUninterruptibly();
            }
            waiting--;
            if (durable.seq() < seq) {
                check();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        var target = nextTarget();
        while (target.seq() > 0) {
            force(target);
            target = nextTarget();
        }
    }

    /// The record up to which the disk is to be brought; [Head#NONE]: nothing more will come.
    private Head nextTarget() {
        lock.lock();
        try {
            while (written.equals(durable) && !closing) {
                work.awaitUninterruptibly();
            }
            linger();
            return written.equals(durable) || lost ? Head.NONE : written;
        } finally {
            lock.unlock();
        }
    }

    private void linger() {
        long left = LINGER;
        try {
            while (left > 0 && !closing && (waiting == 0 || failure != null)) {
                left = work.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            // Nobody interrupts this thread; forcing early is right in any case.
        }
    }

    private void force(Head target) {
        boolean forced = false;
        try {
            log.force();
            forced = true;
            heads.write(target);
            settle(target);
        } catch (IOException e) {
            fail(e, !forced);
        }
    }

    private void settle(Head target) {
        lock.lock();
        try {
            durable = target;
            failure = null;
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException cause, boolean isFinal) {
        lock.lock();
        try {
            failure = cause;
            lost = isFinal || closing;
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Brings the rest to the disk and ends the thread.
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
