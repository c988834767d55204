package dev.clawhold.app;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What the operator is told, line by line, to be waited for.
final class ToldNotices {
    private static final int PATIENCE = 20;
    private static final String OWN = "clawhold: ";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Notices notices = new Notices(new PrintWriter(new Lines(), true));

    Notices notices() {
        return notices;
    }

    String next() throws InterruptedException {
        var line = lines.poll(PATIENCE, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing more was told");
        }
        return line;
    }

    /// The next line of Clawhold's own, after any problems.
    String untilOwn() throws InterruptedException {
        return linesUntilOwn().getLast();
    }

    /// All lines up to that one.
    List<String> linesUntilOwn() throws InterruptedException {
        var told = new ArrayList<String>();
        do {
            told.add(next());
        } while (!told.getLast().startsWith(OWN));
        return told;
    }

    /// All lines that have been told until now.
    List<String> all() {
        var told = new ArrayList<String>();
        lines.drainTo(told);
        return told;
    }

    private final class Lines extends Writer {
        private final StringBuilder begun = new StringBuilder();

        @Override
        public void write(char[] characters, int offset, int length) {
            begun.append(characters, offset, length);
            for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
                lines.add(begun.substring(0, end));
                begun.delete(0, end + 1);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
