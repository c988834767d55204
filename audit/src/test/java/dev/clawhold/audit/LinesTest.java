package dev.clawhold.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void linesComeOneByOneWithTheirEndsTakenOff() throws IOException {
        assertThat(lines("a\n\nb\n")).containsExactly("a|", "|", "b|");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n")).containsExactly("|");
    }

    @Test
    void aLastLineWithoutEndIsNotWhole() throws IOException {
        assertThat(lines("a\nb")).containsExactly("a|", "b");
    }

    @Test
    void aLineMayBeLongerThanABlock() throws IOException {
        var line = "x".repeat(200_000);

        assertThat(lines(line + "\ny\n")).containsExactly(line + "|", "y|");
    }

    @Test
    void aLineWithoutEndTakesBoundedMemory() throws IOException {
        var endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }

                    @Override
                    public int read(byte[] block, int offset, int length) {
                        Arrays.fill(block, offset, offset + length, (byte) 'x');
                        return length;
                    }
                };
        var lines = new Lines(endless);

        assertThat(lines.next()).isTrue();
        assertThat(lines.isWhole()).isFalse();
        assertThat(lines.bytes()).hasSizeLessThan(3 * Lines.LONGEST);
    }

    private static List<String> lines(String text) throws IOException {
        var lines = new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
        var found = new ArrayList<String>();
        while (lines.next()) {
            var line = new String(lines.bytes(), 0, lines.length(), StandardCharsets.US_ASCII);
            found.add(line + (lines.isWhole() ? "|" : ""));
        }
        return found;
    }
}
