package dev.clawhold.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A log made ready for one writer: locked, made of whole records, and not behind its noted head.
///
/// @param notes what was found and put right; they are recorded before anything else
record LogOpening(LogFile log, HeadFile heads, Head head, List<Event> notes, Resources resources) {

    static LogOpening of(Path path, Duration checkEvery) throws IOException {
        try (var opened = new Resources()) {
            PrivateFile.makeDirectoryOf(path);
            opened.add(WriterLock.take(path)::close);
            var file = PrivateFile.open(path);
            opened.add(file::close);
            var tail = LogTail.read(file);
            var notes = new ArrayList<Event>();
            compare(path, tail.head()).ifPresent(notes::add);
            long torn = file.length() - tail.end();
            if (torn > 0) {
                file.setLength(tail.end());
                notes.add(note("tail_cut", Map.of("bytes", Long.toString(torn))));
            }
            var heads = HeadFile.open(path, tail.head());
            opened.add(heads::close);
            var log = new LogFile(path, file, checkEvery);
            return new LogOpening(log, heads, tail.head(), notes, opened.keep());
        }
    }

    /// A log that does not reach its noted head has lost records, and is not written on. One that
    /// is gone as a whole begins anew, and says so.
    private static Optional<Event> compare(Path path, Head end) throws IOException {
        var noted = HeadFile.read(path).orElse(Head.NONE);
        if (end.seq() == 0 && noted.seq() > 0) {
            var lost = Map.of("last_record", noted.seq() + " " + noted.hash());
            return Optional.of(note("log_missing", lost));
        }
        if (noted.seq() > end.seq() || (noted.seq() == end.seq() && !noted.equals(end))) {
            throw new IOException(
                    "it ends with record "
                            + end.seq()
                            + ", but `"
                            + HeadFile.of(path)
                            + "` names another record "
                            + noted.seq()
                            + ": it was cut or replaced");
        }
        return Optional.empty();
    }

    private static Event note(String what, Map<String, String> details) {
        return new Event.Lifecycle(what, details, Optional.empty());
    }
}
