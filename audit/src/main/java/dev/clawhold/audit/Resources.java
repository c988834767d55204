package dev.clawhold.audit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// What was opened so far: closed together, the last first, unless it is kept.
final class Resources implements AutoCloseable {
    /// Something whose closing can fail.
    interface Closing {
        void close() throws IOException;
    }

    private final Deque<Closing> opened = new ArrayDeque<>();

    void add(Closing resource) {
        opened.push(resource);
    }

    /// Hands all of it over to a new owner; closing this does nothing any more.
    Resources keep() {
        var kept = new Resources();
        kept.opened.addAll(opened);
        opened.clear();
        return kept;
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
