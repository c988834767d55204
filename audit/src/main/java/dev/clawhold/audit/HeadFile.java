package dev.clawhold.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The last record that is known to be on the disk, kept beside the log as `<log>.head`: a log that
/// was cut or put back to an older copy does not reach it. One line, rewritten in place: twenty
/// digits, a space, the hash.
final class HeadFile implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("([0-9]{20}) ([0-9a-f]{64})\n");
    private final RandomAccessFile file;

    private HeadFile(RandomAccessFile file) {
        this.file = file;
    }

    static Path of(Path log) {
        return log.resolveSibling(log.getFileName() + ".head");
    }

    /// @param first what a new file begins with
    static HeadFile open(Path log, Head first) throws IOException {
        var file = new HeadFile(PrivateFile.open(of(log)));
        if (file.file.length() == 0) {
            file.write(first);
        }
        return file;
    }

    /// The head beside this log; empty if there is none.
    ///
    /// @throws IOException also if it is there and cannot be understood
    static Optional<Head> read(Path log) throws IOException {
        String text;
        try (var in = Files.newInputStream(of(log))) {
            text = new String(in.readNBytes(128), StandardCharsets.US_ASCII);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        var line = LINE.matcher(text);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!line.matches()) {
            throw new IOException("`" + of(log) + "` is damaged");
        }
        return Optional.of(new Head(Long.parseLong(line.group(1)), line.group(2)));
    }

    void write(Head head) throws IOException {
        var line = new JsonBytes().digits(head.seq(), 20).raw(" ").raw(head.hash()).raw("\n");
        file.seek(0);
        file.write(line.array(), 0, line.length());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
