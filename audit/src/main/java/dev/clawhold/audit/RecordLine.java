package dev.clawhold.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What one line of a log says about its place in the chain.
sealed interface RecordLine {
    /// A line whose hash is that of its content.
    ///
    /// @param prev the hash that it names for the record before
    record Sound(Head head, String prev) implements RecordLine {}

    /// A line that nobody may trust.
    record Damaged(String cause) implements RecordLine {}

    /// Reads lines; not safe for threads.
    final class Reader {
        private static final Pattern START =
                Pattern.compile(
                        "\\{\"seq\":([1-9][0-9]{0,17}),\"time\":\"[0-9T:.Z-]{1,40}\","
                                + "\"prev\":\"([0-9a-f]{64})\",");
        private static final Pattern END = Pattern.compile(",\"hash\":\"([0-9a-f]{64})\"}");
        private static final int END_LENGTH = 75;
        private static final int START_LENGTH = 256;

        private final MessageDigest digest = Chain.sha256();

        /// @param line the bytes of one line, without its end
        RecordLine read(byte[] line, int length) {
            int hashed = length - END_LENGTH;
            var start = START.matcher(ascii(line, 0, Math.min(length, START_LENGTH)));
            var end = END.matcher(ascii(line, Math.max(0, hashed), length));
            if (hashed <= 0 || !start.lookingAt() || !end.matches()) {
                return new Damaged("it is not a record");
            }
            digest.update(line, 0, hashed);
            var hash = HexFormat.of().formatHex(digest.digest());
            if (!hash.equals(end.group(1))) {
                return new Damaged("its content does not match its hash");
            }
            return new Sound(new Head(Long.parseLong(start.group(1)), hash), start.group(2));
        }

        private static String ascii(byte[] bytes, int from, int to) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
