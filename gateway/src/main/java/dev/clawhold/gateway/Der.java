package dev.clawhold.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes values in the Distinguished Encoding Rules (X.690 § 8 to § 11): each is a tag, a length
/// and the content, which may be values again.
final class Der {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int UTF8_STRING = 0x0C;
    static final int UTC_TIME = 0x17;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    /// Added to a number for a context-specific tag; constructed ones also bear 0x20.
    static final int CONTEXT = 0x80;

    private Der() {}

    /// One value, its content the parts in their order.
    static byte[] value(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream(content.size() + 5);
        out.write(tag);
        int length = content.size();
        if (length >= 0x80) {
            int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            out.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift > 0; shift -= 8) {
                out.write(length >>> shift);
            }
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, parts);
    }

    static byte[] text(int tag, String ascii) {
        return value(tag, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /// A bit string without unused bits.
    static byte[] bits(byte[] bytes) {
        return value(BIT_STRING, new byte[1], bytes);
    }

    /// An object identifier from its numbers.
    static byte[] oid(int first, int second, int... rest) {
        var content = new ByteArrayOutputStream();
        content.write(40 * first + second);
        for (int number : rest) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (number >>> shift != 0) {
                    content.write(0x80 | (number >>> shift));
                }
            }
            content.write(number & 0x7F);
        }
        return value(OBJECT_IDENTIFIER, content.toByteArray());
    }
}
