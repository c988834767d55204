package dev.clawhold.gateway;

import java.nio.ByteBuffer;

/// One DNS question as it came in (RFC 1035 § 4, RFC 6891), or what is wrong with it. The parser
/// accepts exactly one question, at most one OPT record, and nothing else; it never throws.
///
/// A name has at most 255 bytes and no compression: in a question a pointer can only point at
/// itself or the header.
sealed interface DnsQuery {
    int FORMERR = 1;
    int NOTIMP = 4;
    int REFUSED = 5;

    /// No answer at all: not even a header, or itself an answer.
    record Ignored() implements DnsQuery {}

    /// Answered with a bare header and this response code.
    record Rejected(int rcode) implements DnsQuery {}

    /// A question of class IN.
    ///
    /// @param name its labels joined by dots, as sent; empty for the root and for a name with a
    ///   byte that no host's name has
    /// @param type the query type, such as 1 for A
    /// @param end where the question's bytes, which begin at 12, end
    record Question(String name, int type, int end, Edns edns) implements DnsQuery {}

    /// What the OPT record says.
    enum Edns {
        ABSENT,
        PRESENT,
        /// Present with the DNSSEC-OK bit, which an answer repeats (RFC 3225 § 3).
        DNSSEC_OK,
        /// Present with a version other than 0.
        UNKNOWN_VERSION
    }

    int HEADER = 12;

    /// Parses the first `length` bytes of the message.
    static DnsQuery parse(byte[] message, int length) {
        if (length < HEADER || message[2] < 0) {
            return new Ignored();
        }
        var in = ByteBuffer.wrap(message, 0, length);
        if ((message[2] & 0x78) != 0) {
            return new Rejected(NOTIMP);
        }
        int additional = in.getShort(10) & 0xFFFF;
        if (in.getShort(4) != 1 || in.getInt(6) != 0 || additional > 1) {
            return new Rejected(FORMERR);
        }
        in.position(HEADER);
        return question(in, additional == 1);
    }

    private static DnsQuery question(ByteBuffer in, boolean withOpt) {
        if (!skipName(in) || in.remaining() < 4) {
            return new Rejected(FORMERR);
        }
        var name = text(in);
        int type = in.getShort() & 0xFFFF;
        int dnsClass = in.getShort() & 0xFFFF;
        int end = in.position();
        var edns = Edns.ABSENT;
        if (withOpt) {
            if (!isOpt(in)) {
                return new Rejected(FORMERR);
            }
            edns = edns(in.getInt(end + 5));
        }
        if (in.hasRemaining()) {
            return new Rejected(FORMERR);
        }
        return dnsClass == 1 ? new Question(name, type, end, edns) : new Rejected(NOTIMP);
    }

    /// Moves behind the name at the position; false if it is not one.
    private static boolean skipName(ByteBuffer in) {
        int start = in.position();
        while (in.hasRemaining()) {
            int label = in.get() & 0xFF;
            if (label == 0) {
                return in.position() - start <= 255;
            }
            if (label > 63 || label > in.remaining()) {
                return false;
            }
            in.position(in.position() + label);
        }
        return false;
    }

    /// The name before the position.
    private static String text(ByteBuffer in) {
        var text = new StringBuilder();
        for (int at = HEADER; at < in.position() - 1; ) {
            int label = in.get(at++);
            if (!text.isEmpty()) {
                text.append('.');
            }
            for (int stop = at + label; at < stop; at++) {
                byte c = in.get(at);
                // A dot inside a label would turn one label into two.
                if (c <= ' ' || c == '.' || c == 0x7F) {
                    return "";
                }
                text.append((char) c);
            }
        }
        return text.toString();
    }

    /// Moves behind the OPT record at the position (RFC 6891 § 6.1); false if it is not one.
    private static boolean isOpt(ByteBuffer in) {
        if (in.remaining() < 11 || in.get() != 0 || in.getShort() != 41) {
            return false;
        }
        in.position(in.position() + 6);
        int options = in.getShort() & 0xFFFF;
        if (options != in.remaining()) {
            return false;
        }
        while (in.remaining() >= 4) {
            int length = in.getShort(in.position() + 2) & 0xFFFF;
            if (length > in.remaining() - 4) {
                return false;
            }
            in.position(in.position() + 4 + length);
        }
        return !in.hasRemaining();
    }

    private static Edns edns(int ttl) {
        if ((ttl >>> 16 & 0xFF) != 0) {
            return Edns.UNKNOWN_VERSION;
        }
        return (ttl & 0x8000) != 0 ? Edns.DNSSEC_OK : Edns.PRESENT;
    }
}
