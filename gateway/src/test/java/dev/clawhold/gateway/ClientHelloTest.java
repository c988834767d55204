package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.gateway.ClientHello.Hello;
import dev.clawhold.gateway.ClientHello.Malformed;
import dev.clawhold.gateway.ClientHello.NeedMore;
import dev.clawhold.gateway.ClientHello.NotTls;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloTest {
    private static final String SNI = "0000" + "0010" + "000e" + "00" + "000b" + hex("a.b.example");

    @Nested
    class TheHelloOfARealClient {
        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void tellsItsServerName(String protocol) throws Exception {
            assertThat(peek(real("api.example.com", protocol)))
                    .isEqualTo(new Hello(Optional.of("api.example.com")));
        }

        @Test
        void mayHaveNoServerName() throws Exception {
            assertThat(peek(real("", "TLSv1.3"))).isEqualTo(new Hello(Optional.empty()));
        }

        @Test
        void needsMoreAtEveryTruncation() throws Exception {
            var hello = real("api.example.com", "TLSv1.3");
            for (int length = 0; length < hello.length; length++) {
                assertThat(peek(Arrays.copyOf(hello, length))).isInstanceOf(NeedMore.class);
            }
        }

        @Test
        void mayBeCutIntoRecordsAtEveryByte() throws Exception {
            var body = Arrays.copyOfRange(real("api.example.com", "TLSv1.3"), 5, 1 << 14);
            body = Arrays.copyOf(body, 4 + ByteBuffer.wrap(body).getShort(2));
            for (int cut = 1; cut < body.length; cut++) {
                var first = Arrays.copyOf(body, cut);
                var second = Arrays.copyOfRange(body, cut, body.length);
                assertThat(peek(join(record(first), record(second))))
                        .isEqualTo(new Hello(Optional.of("api.example.com")));
                assertThat(peek(record(first))).isInstanceOf(NeedMore.class);
            }
        }

        @Test
        void isNotTakenFromTheBuffer() throws Exception {
            var hello = real("api.example.com", "TLSv1.3");
            var buffer = ByteBuffer.allocateDirect(hello.length + 10).position(7).put(hello).flip();
            buffer.position(7);

            assertThat(ClientHello.peek(buffer)).isInstanceOf(Hello.class);
            assertThat(buffer.position()).isEqualTo(7);
            assertThat(buffer.remaining()).isEqualTo(hello.length);
        }
    }

    @Nested
    class Extensions {
        @Test
        void ofUnknownTypesAndPostQuantumSizeAreSteppedOver() {
            var grease = "0a0a0000" + "ff0d0001ff" + "0033" + "0900" + "00".repeat(0x900);

            assertThat(peek(hello(grease + SNI + "7a7a000100")))
                    .isEqualTo(new Hello(Optional.of("a.b.example")));
        }

        @Test
        void mayBeAbsentAltogether() {
            assertThat(peek(record(message(body(""))))).isEqualTo(new Hello(Optional.empty()));
            assertThat(peek(hello(""))).isEqualTo(new Hello(Optional.empty()));
        }

        @Test
        void mayNotComeTwice() {
            assertThat(peek(hello(SNI + SNI))).isInstanceOf(Malformed.class);
            assertThat(peek(hello("0010" + "0000" + "0010" + "0000")))
                    .isEqualTo(new Malformed("extension 16 twice"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "00000000", // empty
                    "000000020000", // an empty list
                    "00000005000300" + "0000", // an empty name
                    "0000" + "0006" + "0004" + "01" + "0001" + "61", // of another type
                    "0000" + "0006" + "0004" + "00" + "0001" + "20", // a space
                    "0000" + "0006" + "0004" + "00" + "0001" + "00", // NUL
                    "0000" + "0006" + "0004" + "00" + "0001" + "e9", // not ASCII
                    "0000" + "0006" + "0004" + "00" + "0002" + "61", // beyond the list
                    "0000" + "0006" + "0003" + "00" + "0001" + "61", // a list too short
                    "0000" + "000a" + "0008" + "00" + "0001" + "61" + "00" + "0001" + "62", // two
                    "0000" + "0007" + "0004" + "00" + "0001" + "61" + "00" // bytes behind
                })
        void withAServerNameThatCanBeReadInTwoWaysAreMalformed(String extension) {
            assertThat(peek(hello(extension))).isInstanceOf(Malformed.class);
        }

        @Test
        void longerThanTheirListAreMalformed() {
            assertThat(peek(hello("0010" + "0001"))).isInstanceOf(Malformed.class);
            assertThat(peek(record(message(body("0004" + "00100000" + "00")))))
                    .isInstanceOf(Malformed.class);
        }
    }

    @Nested
    class Framing {
        @Test
        void byteByByteIsReadToo() {
            var out = new ByteArrayOutputStream();
            for (byte b : message(body("0014" + SNI))) {
                out.writeBytes(record(b));
            }

            assertThat(peek(out.toByteArray())).isEqualTo(new Hello(Optional.of("a.b.example")));
        }

        @Test
        void ofOtherProtocolsIsNotTls() {
            for (var start : List.of("GET / HTTP/1.1\r\n", "SSH-2.0-x\r\n", "\u0016\u0002", "\0")) {
                assertThat(peek(start.getBytes(StandardCharsets.ISO_8859_1)))
                        .isInstanceOf(NotTls.class);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1603010000", // an empty record
                    "1603014001", // a record of more than 2^14 bytes
                    "160301000102", // a ServerHello
                    "16030100040100ffff", // a message beyond the bound
                    "160301000101" + "150301000101", // an alert in between
                    "160301000101" + "17" // data in between
                })
        void thatCannotBecomeAHelloIsMalformedAtOnce(String start) {
            assertThat(peek(HexFormat.of().parseHex(start))).isInstanceOf(Malformed.class);
        }

        @Test
        void mayNotGoOnBehindTheHello() {
            var message = message(body("0014" + SNI));
            assertThat(peek(record(join(message, message)))).isInstanceOf(Malformed.class);
            assertThat(peek(record(join(message, new byte[1])))).isInstanceOf(Malformed.class);
            assertThat(peek(join(record(message), record(message)))).isInstanceOf(Hello.class);
        }

        @Test
        void isBounded() {
            var tiny = new ByteArrayOutputStream();
            var message = message(body("1004" + "0033" + "1000" + "00".repeat(0x1000)));
            for (byte b : message) {
                tiny.writeBytes(record(b));
            }
            assertThat(tiny.size()).isGreaterThan(ClientHello.LIMIT);
            assertThat(peek(Arrays.copyOf(tiny.toByteArray(), ClientHello.LIMIT - 1)))
                    .isInstanceOf(NeedMore.class);
            assertThat(peek(tiny.toByteArray())).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void anyMutationGetsAnAnswerAndNoneThatTruncationChanges() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var real = real("api.example.com", "TLSv1.3");
        try {
            for (int round = 0; round < 50_000; round++) {
                var bytes = real.clone();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                var whole = peek(bytes);
                var part = peek(Arrays.copyOf(bytes, random.nextInt(bytes.length)));
                assertThat(part).isIn(whole, new NeedMore());
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static ClientHello.Peek peek(byte[] bytes) {
        return ClientHello.peek(ByteBuffer.wrap(bytes));
    }

    private static byte[] real(String name, String protocol)
            throws SSLException, NoSuchAlgorithmException {
        var engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        if (!name.isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        engine.setSSLParameters(parameters);
        var out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] hello(String extensions) {
        return record(message(body("%04x".formatted(extensions.length() / 2) + extensions)));
    }

    /// @param tail hexadecimal digits of what follows the compression methods
    private static byte[] body(String tail) {
        return HexFormat.of()
                .parseHex("0303" + "07".repeat(32) + "00" + "00021301" + "0100" + tail);
    }

    private static byte[] message(byte[] body) {
        return ByteBuffer.allocate(4 + body.length).putInt(1 << 24 | body.length).put(body).array();
    }

    private static byte[] record(byte... content) {
        return ByteBuffer.allocate(5 + content.length)
                .put(new byte[] {22, 3, 1})
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
