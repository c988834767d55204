package dev.clawhold.audit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Splits a log into its lines, one at a time, in bounded memory.
final class Lines {
    /// No record is longer: see [JsonBytes#LONGEST_TEXT] and the bounds of its lists.
    static final int LONGEST = 8 << 20;

    private final InputStream in;
    private final byte[] block = new byte[64 * 1_024];
    private int position;
    private int limit;
    private byte[] line = new byte[4_096];
    private int length;
    private boolean ended;

    Lines(InputStream in) {
        this.in = in;
    }

    /// Goes to the next line.
    ///
    /// @return false at the end of the log
    boolean next() throws IOException {
        length = 0;
        ended = false;
        while (!ended && length <= LONGEST && fill()) {
            int end = position;
            while (end < limit && block[end] != '\n') {
                end++;
            }
            take(end);
        }
        return ended || length > 0;
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(block));
        }
        return limit > 0;
    }

    private void take(int end) {
        int more = end - position;
        if (line.length - length < more) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
        }
        System.arraycopy(block, position, line, length, more);
        length += more;
        ended = end < limit;
        position = ended ? end + 1 : end;
    }

    /// The line's bytes, up to [#length()], valid until the next call of [#next()].
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /// Whether the line is whole: it has its end, and no more than [#LONGEST] bytes.
    boolean isWhole() {
        return ended;
    }
}
