package dev.clawhold.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/// Numbers records and links each to the one before it. A record is one line:
///
/// ```
/// {"seq":…,"time":"…","prev":"…","sandbox":"…",(what happened),"hash":"…"}
/// ```
///
/// Its canonical bytes are those before `,"hash"`, exactly as written; `hash` is their SHA-256.
/// They contain `prev`, the hash of the record before. Not safe for threads.
final class Chain {
    private final String sandbox;
    private final InstantSource clock;
    private final MessageDigest digest = sha256();
    private final Timestamp timestamp = new Timestamp();
    private Head head;

    Chain(Head head, String sandbox, InstantSource clock) {
        this.head = head;
        this.sandbox = sandbox;
        this.clock = clock;
    }

    /// The last record that was appended.
    Head head() {
        return head;
    }

    /// Goes on behind an earlier record, because those after it were not written.
    void backTo(Head earlier) {
        head = earlier;
    }

    /// Appends the event's line, whole or not at all, and returns its number.
    long append(Event event, JsonBytes out) {
        int start = out.length();
        var before = head;
        try {
            line(event, out);
        } finally {
            if (head.equals(before)) {
                out.cutTo(start);
            }
        }
        return head.seq();
    }

    private void line(Event event, JsonBytes out) {
        int start = out.length();
        long seq = head.seq() + 1;
        out.raw("{\"seq\":").number(seq).raw(",\"time\":");
        timestamp.append(clock.instant(), out);
        out.raw(",\"prev\":\"").raw(head.hash()).raw("\",\"sandbox\":").text(sandbox);
        RecordEncoder.append(event, out);
        digest.update(out.array(), start, out.length() - start);
        var hash = HexFormat.of().formatHex(digest.digest());
        out.raw(",\"hash\":\"").raw(hash).raw("\"}\n");
        head = new Head(seq, hash);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Times as RFC 3339 writes them: UTC, six digits of the second. Not safe for threads: it keeps
    /// the text of the last second.
    static final class Timestamp {
        private long second = Long.MIN_VALUE;
        private String text = "";

        void append(Instant time, JsonBytes out) {
            if (time.getEpochSecond() != second) {
                second = time.getEpochSecond();
                text = upToTheSecond(second);
            }
            out.raw(text).digits(time.getNano() / 1_000, 6).raw("Z\"");
        }

        private static String upToTheSecond(long second) {
            var t = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
            var out = new JsonBytes().raw("\"").digits(t.getYear(), 4);
            out.raw("-").digits(t.getMonthValue(), 2).raw("-").digits(t.getDayOfMonth(), 2);
            out.raw("T").digits(t.getHour(), 2).raw(":").digits(t.getMinute(), 2);
            out.raw(":").digits(t.getSecond(), 2).raw(".");
            return new String(out.array(), 0, out.length(), StandardCharsets.US_ASCII);
        }
    }
}
