package dev.clawhold.audit;

import java.io.IOException;
import java.util.Optional;

/// Records that go to the file in one write. Whoever holds the write lock settles the batch for all
/// whose records are in it.
final class Batch {
    /// A batch of this size takes no more: its producers wait until it is written.
    private static final int FULL = 1 << 20;

    private final JsonBytes bytes;
    private boolean settled;
    private Optional<IOException> failure = Optional.empty();

    /// @param bytes an empty buffer that nobody else uses until this batch is settled
    Batch(JsonBytes bytes) {
        this.bytes = bytes;
    }

    JsonBytes bytes() {
        return bytes;
    }

    boolean isFull() {
        return bytes.length() >= FULL;
    }

    boolean isSettled() {
        return settled;
    }

    /// Why none of its records is in the file; empty: all are.
    Optional<IOException> failure() {
        return failure;
    }

    void written() {
        settled = true;
    }

    void failed(IOException cause) {
        settled = true;
        failure = Optional.of(cause);
    }
}
