package dev.clawhold.audit;

import java.io.IOException;
import java.io.RandomAccessFile;

/// The end of an existing log: where its whole lines end, and its last record.
///
/// @param end the length of the whole lines in bytes; what follows is a line that a crash broke off
record LogTail(long end, Head head) {
    private static final int BLOCK = 64 * 1_024;

    /// @throws IOException also if the last whole line is not a sound record
    static LogTail read(RandomAccessFile file) throws IOException {
        long end = afterLastNewline(file, file.length());
        if (end == 0) {
            return new LogTail(0, Head.NONE);
        }
        long start = afterLastNewline(file, end - 1);
        if (end - start > Lines.LONGEST) {
            throw new IOException("its last line is longer than any record");
        }
        var line = new byte[(int) (end - 1 - start)];
        file.seek(start);
        file.readFully(line);
        return switch (new RecordLine.Reader().read(line, line.length)) {
            case RecordLine.Sound(var head, _) -> new LogTail(end, head);
            case RecordLine.Damaged(var cause) ->
                    throw new IOException("its last record is damaged: " + cause);
        };
    }

    private static long afterLastNewline(RandomAccessFile file, long before) throws IOException {
        var block = new byte[BLOCK];
        long blockEnd = before;
        while (blockEnd > 0) {
            long blockStart = Math.max(0, blockEnd - BLOCK);
            int length = (int) (blockEnd - blockStart);
            file.seek(blockStart);
            file.readFully(block, 0, length);
            for (int i = length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return blockStart + i + 1;
                }
            }
            blockEnd = blockStart;
        }
        return 0;
    }
}
