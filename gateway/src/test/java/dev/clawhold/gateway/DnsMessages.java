package dev.clawhold.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// Questions as clients send them, and answers taken apart.
final class DnsMessages {
    static final int A = 1;
    static final int PTR = 12;
    static final int AAAA = 28;

    private DnsMessages() {}

    static byte[] query(String name, int type) {
        return query(wire(name), type, 1, "");
    }

    /// @param additional hexadecimal digits of one additional record; empty for none
    static byte[] query(byte[] name, int type, int dnsClass, String additional) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("beef0120000100000000"));
        out.writeBytes(new byte[] {0, (byte) (additional.isEmpty() ? 0 : 1)});
        out.writeBytes(name);
        out.writeBytes(
                ByteBuffer.allocate(4).putShort((short) type).putShort((short) dnsClass).array());
        out.writeBytes(HexFormat.of().parseHex(additional));
        return out.toByteArray();
    }

    static byte[] wire(String name) {
        var out = new ByteArrayOutputStream();
        for (var label : name.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write(0);
        return out.toByteArray();
    }

    /// An answer, read strictly.
    ///
    /// @param data of its one record, which repeats the question's type
    /// @param opt the OPT record's twelve bytes after its root name in hexadecimal digits
    record Answer(int id, int flags, int rcode, Optional<byte[]> data, Optional<String> opt) {
        static Answer read(byte[] query, byte[] bytes) {
            var in = ByteBuffer.wrap(bytes);
            int id = in.getShort() & 0xFFFF;
            int flags = in.getShort() & 0xFFFF;
            int questions = in.getShort();
            int answers = in.getShort();
            int opts = in.getInt();
            if (questions == 1) {
                while (in.get(in.position()) != 0) {
                    in.position(in.position() + 1 + in.get(in.position()));
                }
                in.position(in.position() + 5);
                for (int i = 12; i < in.position(); i++) {
                    check(bytes[i] == query[i], "the question is not repeated");
                }
            }
            Optional<byte[]> data = Optional.empty();
            if (answers == 1) {
                check(in.getShort() == (short) 0xC00C, "the owner is not the question's name");
                check(in.getShort() == in.getShort(in.position() - 8), "of another type");
                check(in.getShort() == 1, "not of class IN");
                check(in.getInt() == 60, "time to live");
                var record = new byte[in.getShort()];
                in.get(record);
                data = Optional.of(record);
            }
            Optional<String> opt = Optional.empty();
            if (opts == 1) {
                check(in.get() == 0, "OPT has a name");
                opt = Optional.of(HexFormat.of().formatHex(bytes, in.position(), bytes.length));
                in.position(bytes.length);
            }
            check(!in.hasRemaining(), "bytes after the message");
            check(bytes.length <= 512, "does not fit a datagram without EDNS");
            return new Answer(id, flags & 0xFFF0, flags & 15, data, opt);
        }

        private static void check(boolean holds, String otherwise) {
            if (!holds) {
                throw new AssertionError(otherwise);
            }
        }
    }
}
