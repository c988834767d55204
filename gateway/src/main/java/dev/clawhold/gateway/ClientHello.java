package dev.clawhold.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;

/// Reads the server's name out of the first bytes of a TLS connection (RFC 8446 § 4.1.2 and § 5.1,
/// RFC 6066 § 3) without taking them. Stricter than any server: a hello that two servers could read
/// differently is malformed.
final class ClientHello {
    /// Bytes looked at, records' headers included. The largest seen, with two post-quantum key
    /// shares, have about 3 KiB.
    static final int LIMIT = 16 * 1024;

    private static final int HANDSHAKE = 22;
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int MAX_RECORD = 1 << 14;
    private static final Peek TOO_LONG =
            new Malformed("the ClientHello exceeds " + LIMIT + " bytes");

    private ClientHello() {}

    /// What the bytes so far are.
    sealed interface Peek {}

    /// The beginning of a ClientHello, or nothing at all.
    record NeedMore() implements Peek {}

    /// Some other protocol; bytes to come cannot change that.
    record NotTls() implements Peek {}

    /// A whole ClientHello.
    ///
    /// @param serverName the name as sent, visible ASCII, not yet canonical; empty without one
    record Hello(Optional<String> serverName) implements Peek {}

    /// TLS, but not as the standard says; bytes to come cannot mend it.
    record Malformed(String cause) implements Peek {}

    /// Looks at the bytes between position and limit, and changes neither. Never throws; looks at
    /// no more than [#LIMIT] bytes.
    static Peek peek(ByteBuffer bytes) {
        var in = bytes.duplicate();
        in.limit(in.position() + Math.min(in.remaining(), LIMIT));
        var message = ByteBuffer.allocate(in.remaining());
        boolean first = true;
        while (in.hasRemaining()) {
            if (!isRecord(in)) {
                return first ? new NotTls() : new Malformed("a record that is not of a handshake");
            }
            if (in.remaining() < RECORD_HEADER) {
                break;
            }
            first = false;
            int length = in.getShort(in.position() + 3) & 0xFFFF;
            if (length == 0 || length > MAX_RECORD) {
                return new Malformed("a record of " + length + " bytes");
            }
            in.position(in.position() + RECORD_HEADER);
            int taken = Math.min(length, in.remaining());
            message.put(in.slice(in.position(), taken));
            in.position(in.position() + taken);
            var peek = message(message, taken == length);
            if (!(peek instanceof NeedMore)) {
                return peek;
            }
        }
        return bytes.remaining() < LIMIT ? new NeedMore() : TOO_LONG;
    }

    /// Whether what is there of a record's header is that of a handshake, in a version up to TLS
    /// 1.3.
    private static boolean isRecord(ByteBuffer in) {
        int at = in.position();
        return in.get(at) == HANDSHAKE
                && (in.remaining() < 2 || in.get(at + 1) == 3)
                && (in.remaining() < 3 || (in.get(at + 2) & 0xFF) <= 4);
    }

    /// What the records' content so far is.
    ///
    /// @param ended whether it ends where a record ends
    private static Peek message(ByteBuffer content, boolean ended) {
        if (content.position() > 0 && content.get(0) != 1) {
            return new Malformed("the first message is not a ClientHello");
        }
        if (content.position() < MESSAGE_HEADER) {
            return new NeedMore();
        }
        int length = content.getInt(0) & 0xFF_FFFF;
        if (length > LIMIT - MESSAGE_HEADER - RECORD_HEADER) {
            return TOO_LONG;
        }
        int missing = MESSAGE_HEADER + length - content.position();
        if (missing > 0) {
            return new NeedMore();
        }
        return missing == 0 && ended
                ? hello(new Cursor(content.slice(MESSAGE_HEADER, length)))
                : new Malformed("a record goes on behind the ClientHello");
    }

    private static Peek hello(Cursor body) {
        boolean version = body.number(2) >>> 8 == 3;
        body.skip(32);
        boolean session = body.vector(1).size() <= 32;
        int ciphers = body.vector(2).size();
        boolean compressions = body.vector(1).size() > 0;
        if (body.failed() || !version || !session || ciphers == 0 || ciphers % 2 != 0) {
            return new Malformed("a field before the extensions");
        }
        if (!compressions) {
            return new Malformed("no compression method");
        }
        if (body.size() == 0) {
            return new Hello(Optional.empty());
        }
        var extensions = body.vector(2);
        return body.failed() || body.size() > 0
                ? new Malformed("the length of the extensions")
                : extensions(extensions);
    }

    private static Peek extensions(Cursor extensions) {
        var seen = new BitSet();
        Peek hello = new Hello(Optional.empty());
        while (extensions.size() > 0) {
            int type = extensions.number(2);
            var data = extensions.vector(2);
            if (extensions.failed()) {
                return new Malformed("the length of an extension");
            }
            if (seen.get(type)) {
                return new Malformed("extension " + type + " twice");
            }
            seen.set(type);
            if (type == 0) {
                hello = serverName(data);
            }
        }
        return hello;
    }

    /// A list of exactly one name of type `host_name`; no other type was ever defined.
    private static Peek serverName(Cursor extension) {
        var list = extension.vector(2);
        int type = list.number(1);
        var name = list.vector(2);
        if (extension.failed() || extension.size() > 0 || list.failed() || list.size() > 0) {
            return new Malformed("the list of server names");
        }
        if (type != 0 || name.size() == 0 || !name.isVisible()) {
            return new Malformed("the server name");
        }
        return new Hello(Optional.of(name.text()));
    }

    /// Reads numbers and vectors (RFC 8446 § 3.4). After a read beyond the end it has failed, is
    /// empty, and reads zeros.
    private static final class Cursor {
        private final ByteBuffer in;
        private boolean failed;

        Cursor(ByteBuffer in) {
            this.in = in;
        }

        boolean failed() {
            return failed;
        }

        int size() {
            return in.remaining();
        }

        int number(int bytes) {
            int value = 0;
            if (has(bytes)) {
                for (int i = 0; i < bytes; i++) {
                    value = (value << 8) | (in.get() & 0xFF);
                }
            }
            return value;
        }

        void skip(int bytes) {
            if (has(bytes)) {
                in.position(in.position() + bytes);
            }
        }

        /// A part whose length stands before it, in this many bytes.
        Cursor vector(int lengthBytes) {
            int length = number(lengthBytes);
            if (!has(length)) {
                return new Cursor(ByteBuffer.allocate(0));
            }
            var part = new Cursor(in.slice(in.position(), length));
            in.position(in.position() + length);
            return part;
        }

        boolean isVisible() {
            for (int i = in.position(); i < in.limit(); i++) {
                if (in.get(i) <= ' ' || in.get(i) == 0x7F) {
                    return false;
                }
            }
            return true;
        }

        String text() {
            return StandardCharsets.US_ASCII.decode(in.duplicate()).toString();
        }

        private boolean has(int bytes) {
            if (bytes > in.remaining()) {
                failed = true;
                in.position(in.limit());
            }
            return !failed;
        }
    }
}
