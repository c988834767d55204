package dev.clawhold.gateway;

import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Answers the sandbox's DNS questions from nothing but [SyntheticAddresses]: no question goes to a
/// real resolver, and no answer depends on the policy. Whether a name may be reached is decided at
/// `connect`. Safe for use by many threads.
///
/// | question | answer |
/// |---|---|
/// | A, AAAA of a host's name | its synthetic address, time to live 60 s |
/// | A, AAAA of `localhost` and names below it | 127.0.0.1, ::1 (RFC 6761 § 6.3) |
/// | PTR of an address given out, or of loopback | its name |
/// | any other type | no records (NODATA), so no service record leads around the gateway |
/// | a malformed name, an address as name, the root | REFUSED |
/// | a new name beyond rate or pool | SERVFAIL |
///
/// Every answer fits in 512 bytes, so none is ever truncated.
final class DnsResponder {
    /// Seconds that a client may keep an answer.
    static final int TTL = 60;

    /// The UDP payload that we say we take, RFC 6891 § 6.2.3.
    static final int PAYLOAD = 1232;

    private static final int NOERROR = 0;
    private static final int SERVFAIL = 2;
    private static final int BADVERS = 16;
    private static final int A = 1;
    private static final int PTR = 12;
    private static final int AAAA = 28;
    private static final byte[] LOOPBACK_V4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_V6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final byte[] NO_DATA = {};

    private final SyntheticAddresses addresses;

    DnsResponder(SyntheticAddresses addresses) {
        this.addresses = addresses;
    }

    /// The answer to the message in the first `length` bytes, without framing; empty when there is
    /// nothing to answer. Never throws for anything that a client can send.
    Optional<byte[]> answer(byte[] query, int length) {
        return switch (DnsQuery.parse(query, length)) {
            case DnsQuery.Ignored() -> Optional.empty();
            case DnsQuery.Rejected(int rcode) -> Optional.of(header(query, rcode).array());
            case DnsQuery.Question question -> Optional.of(reply(query, question));
        };
    }

    /// The message with its length before it, as TCP carries it (RFC 1035 § 4.2.2).
    static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    /// Takes the next message out of what TCP brought; empty, with the position unchanged, while it
    /// is not complete.
    static Optional<byte[]> unframe(ByteBuffer stream) {
        if (stream.remaining() < 2) {
            return Optional.empty();
        }
        int length = stream.getShort(stream.position()) & 0xFFFF;
        if (stream.remaining() < 2 + length) {
            return Optional.empty();
        }
        var message = new byte[length];
        stream.position(stream.position() + 2);
        stream.get(message);
        return Optional.of(message);
    }

    private byte[] reply(byte[] query, DnsQuery.Question question) {
        if (question.edns() == DnsQuery.Edns.UNKNOWN_VERSION) {
            return message(query, question, BADVERS, NO_DATA);
        }
        var host = Host.of(question.name());
        if (!(host.orElse(null) instanceof Host.Name name)) {
            return message(query, question, DnsQuery.REFUSED, NO_DATA);
        }
        return switch (question.type()) {
            case A, AAAA -> address(query, question, name);
            case PTR -> message(query, question, NOERROR, pointer(name));
            default -> message(query, question, NOERROR, NO_DATA);
        };
    }

    private byte[] address(byte[] query, DnsQuery.Question question, Host.Name name) {
        boolean v4 = question.type() == A;
        if (isLocal(name)) {
            return message(query, question, NOERROR, v4 ? LOOPBACK_V4 : LOOPBACK_V6);
        }
        var address = addresses.addressOf(name).map(a -> v4 ? a : SyntheticAddresses.v6(a));
        return message(
                query,
                question,
                address.isPresent() ? NOERROR : SERVFAIL,
                address.map(IpAddress::bytes).orElse(NO_DATA));
    }

    private static boolean isLocal(Host.Name name) {
        return name.text().equals("localhost") || name.text().endsWith(".localhost");
    }

    /// The data of the PTR record for a name below `in-addr.arpa` or `ip6.arpa`.
    private byte[] pointer(Host.Name question) {
        var address = ReverseName.parse(question.text());
        if (address.isEmpty()) {
            return NO_DATA;
        }
        var bytes = address.get().bytes();
        if (Arrays.equals(bytes, LOOPBACK_V4) || Arrays.equals(bytes, LOOPBACK_V6)) {
            return wire("localhost");
        }
        return addresses.nameOf(address.get()).map(name -> wire(name.text())).orElse(NO_DATA);
    }

    /// The name in the form of RFC 1035 § 3.1.
    private static byte[] wire(String name) {
        var out = ByteBuffer.allocate(name.length() + 2);
        for (var label : name.split("\\.", -1)) {
            out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return out.put((byte) 0).array();
    }

    /// Header, the question as sent, at most one record with the data, and OPT where one was asked.
    private static byte[] message(
            byte[] query, DnsQuery.Question question, int rcode, byte[] data) {
        boolean edns = question.edns() != DnsQuery.Edns.ABSENT;
        int size = question.end() + (data.length > 0 ? 12 + data.length : 0) + (edns ? 11 : 0);
        var out = ByteBuffer.allocate(size).put(header(query, rcode & 15).flip());
        out.putShort(4, (short) 1).put(query, 12, question.end() - 12);
        if (data.length > 0) {
            out.putShort(6, (short) 1);
            out.putShort((short) 0xC00C).putShort((short) question.type()).putShort((short) 1);
            out.putInt(TTL).putShort((short) data.length).put(data);
        }
        if (edns) {
            out.putShort(10, (short) 1);
            out.put((byte) 0).putShort((short) 41).putShort((short) PAYLOAD);
            int dnssecOk = question.edns() == DnsQuery.Edns.DNSSEC_OK ? 0x8000 : 0;
            out.putInt((rcode >>> 4) << 24 | dnssecOk).putShort((short) 0);
        }
        return out.array();
    }

    /// Twelve bytes: the query's id, opcode and wish for recursion, and no records.
    private static ByteBuffer header(byte[] query, int rcode) {
        return ByteBuffer.allocate(DnsQuery.HEADER)
                .put(query, 0, 2)
                .put((byte) (0x80 | (query[2] & 0x79)))
                .put((byte) (0x80 | rcode))
                .putLong(0);
    }
}
