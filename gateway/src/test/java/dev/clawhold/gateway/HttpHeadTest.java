package dev.clawhold.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.gateway.HttpHead.Head;
import dev.clawhold.gateway.HttpHead.Malformed;
import dev.clawhold.gateway.HttpHead.NeedMore;
import dev.clawhold.gateway.HttpHead.NotHttp;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadTest {
    private static final String H = "POST /p HTTP/1.1\r\nHost: a\r\n";

    @Nested
    class AWellFormedHead {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    H + "Content-Length: 5\r\n\r\nhello",
                    H + "Transfer-Encoding: ChunkeD\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                    "POST /p HTTP/1.0\r\nhOST:\ta \t\r\n\r\n",
                    H + "X:\r\nX-Y: \u00e9\t~\r\n\r\nGET /second HTTP/1.1\r\n\r\n"
                })
        void isRead(String text) {
            assertThat(peek(text)).isEqualTo(new Head("POST", "/p", "a"));
        }

        @Test
        void needsMoreAtEveryTruncation() {
            var text = H + "X: y\r\n\r\n";
            for (int length = 0; length < text.length(); length++) {
                assertThat(peek(text.substring(0, length))).isInstanceOf(NeedMore.class);
            }
            assertThat(peek(text)).isInstanceOf(Head.class);
        }

        @Test
        void isNotTakenFromTheBuffer() {
            var bytes = ByteBuffer.wrap(("xx" + H + "\r\n").getBytes(ISO_8859_1)).position(2);

            assertThat(HttpHead.peek(bytes)).isEqualTo(new Head("POST", "/p", "a"));
            assertThat(bytes.position()).isEqualTo(2);
        }

        @ParameterizedTest
        @CsvSource({
            "GET, /a/b?c=/d, /a/b",
            "GET, /?x, /",
            "OPTIONS, *, *",
            "CONNECT, a, ''",
            "GET, http://a, /",
            "GET, http://a?x=/y, /",
            "GET, HTTP://A:80/b?c, /b",
            "GET, https://a:443/b, /b"
        })
        void tellsItsPathInEveryFormOfTarget(String method, String target, String path) {
            assertThat(peek(method + " " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .isInstanceOfSatisfying(
                            Head.class, head -> assertThat(head.path()).isEqualTo(path));
        }

        @ParameterizedTest
        @CsvSource({
            "a.example, 80, true",
            "A.Example., 80, true",
            "a.example:80, 80, true",
            "a.example:8080, 8080, true",
            "a.example, 8080, false",
            "a.example:8080, 80, false",
            "a.example:, 80, false",
            "a.example:080, 80, false",
            "b.example, 80, false"
        })
        void namesAHostAndAPort(String host, int port, boolean names) {
            var head = new Head("GET", "/", host);

            assertThat(head.names(new Host.Name("a.example"), port, 80)).isEqualTo(names);
        }

        @Test
        void namesAnAddress() {
            var address = new Host.Address(IpAddress.of((byte) 10, (byte) 0, (byte) 0, (byte) 1));

            assertThat(new Head("GET", "/", "10.0.0.1").names(address, 80, 80)).isTrue();
            assertThat(new Head("GET", "/", "10.0.0.1:81").names(address, 81, 80)).isTrue();
            assertThat(new Head("GET", "/", "10.0.0.2").names(address, 80, 80)).isFalse();
        }
    }

    /// The cases of heads by which servers in use were told apart.
    @ParameterizedTest
    @ValueSource(
            strings = {
                H + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
                H + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
                H + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
                H + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n",
                H + "Content-Length: 5, 5\r\n\r\n",
                H + "Content-Length: +5\r\n\r\n",
                H + "Content-Length: -5\r\n\r\n",
                H + "Content-Length: 0x5\r\n\r\n",
                H + "Content-Length: 5 6\r\n\r\n",
                H + "Content-Length: 1234567890123456789\r\n\r\n",
                H + "Content-Length:\r\n\r\n",
                H + "Transfer-Encoding: xchunked\r\n\r\n",
                H + "Transfer-Encoding: chunked, identity\r\n\r\n",
                H + "Transfer-Encoding: \u000bchunked\r\n\r\n",
                H + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST /p HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                H + "Content-Length : 5\r\n\r\n",
                H + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n",
                "POST /p HTTP/1.1\r\n Host: a\r\n\r\n",
                "POST /p HTTP/1.1\nHost: a\n\n",
                "POST /p HTTP/1.1\r\nHost: a\n\r\n",
                H + "X: a\rb\r\n\r\n",
                H + "X: a\0b\r\n\r\n",
                H + "X: a\u007fb\r\n\r\n",
                H + "Foo\r\n\r\n",
                H + ": x\r\n\r\n",
                "POST /p HTTP/1.1\r\n\r\n",
                "POST /p HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "POST /p HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n",
                "POST /p HTTP/1.1\r\nHost:\r\n\r\n",
                "POST /p HTTP/1.1\r\nHost: a b\r\n\r\n",
                "POST /p HTTP/1.1\r\nHost: a,b\r\n\r\n",
                "POST /p HTTP/1.1\r\nHost: a%2eb\r\n\r\n",
                "POST /p HTTP/1.1\r\nHost: u@a\r\n\r\n",
                "POST http://b/p HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST http://u@a/p HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST http://a:443/p HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST https://a:80/p HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST ftp://a/p HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST file:///p HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST a/p HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST * HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT b:443 HTTP/1.1\r\nHost: a:443\r\n\r\n",
                "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n",
                "PO{ST /p HTTP/1.1\r\nHost: a\r\n\r\n",
                "PO\0ST /p HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /p HTTP/1.9\r\nHost: a\r\n\r\n",
                "POST /p http/1.1\r\nHost: a\r\n\r\n",
                "POST /p HTTP/1.1 \r\nHost: a\r\n\r\n",
                "POST  /p HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /p  HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST\t/p\tHTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /p q HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /p\0 HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
                "\r\nPOST /p HTTP/1.1\r\nHost: a\r\n\r\n",
                " POST /p HTTP/1.1\r\nHost: a\r\n\r\n",
                "\0\u0016POST /p HTTP/1.1\r\nHost: a\r\n\r\n",
                "\u0085POST /p HTTP/1.1\r\nHost: a\r\n\r\n",
                "PRI * HTTP/2.0\n\r\n",
                "\0PRI * HTTP/2.0\r\n\r\n",
                "PRI  * HTTP/2.0\r\n\r\n"
            })
    void whatServersReadDifferentlyIsMalformedWhereverItIsCut(String text) {
        // A NUL inside the method makes it a word that no server knows.
        var expected = text.startsWith("PO\0") ? NotHttp.class : Malformed.class;
        assertThat(peek(text)).isInstanceOf(expected);
        for (int length = 0; length < text.length(); length++) {
            assertThat(peek(text.substring(0, length))).isInstanceOfAny(NeedMore.class, expected);
        }
    }

    @Nested
    class Limits {
        @Test
        void boundTheNumberOfFields() {
            assertThat(peek(H + "X: y\r\n".repeat(99) + "\r\n")).isInstanceOf(Head.class);
            assertThat(peek(H + "X: y\r\n".repeat(100))).isInstanceOf(Malformed.class);
        }

        @Test
        void boundTheTarget() {
            var rest = " HTTP/1.1\r\nHost: a\r\n\r\n";
            assertThat(peek("GET /" + "x".repeat(16_383) + rest)).isInstanceOf(Head.class);
            assertThat(peek("GET /" + "x".repeat(16_384) + rest)).isInstanceOf(Malformed.class);
        }

        @Test
        void boundTheHead() {
            var field = "X: " + "y".repeat(HttpHead.LIMIT - H.length() - 7);
            assertThat(peek(H + field + "\r\n\r\n")).isInstanceOf(Head.class);
            assertThat(peek(H + field + "y\r\n\r\n")).isInstanceOf(Malformed.class);
            assertThat(peek(H + field)).isInstanceOf(NeedMore.class);
            assertThat(peek("G".repeat(HttpHead.LIMIT))).isInstanceOf(Malformed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "EHLO mail.example\r\n",
                "*1\r\n$4\r\nPING\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "OPTIONS rtsp://a/x RTSP/1.0\r\n",
                "GET /p\r\n",
                "0032git-upload-pack /p\0host=a\0",
                "\0\0\0\u0008\u0004\u00d2\u0016/",
                "\u0010 \0\u0004MQTT\u0005",
                "\u00ff\u00fd"
            })
    void otherProtocolsAreToldByTheirFirstBytes(String text) {
        assertThat(peek(text)).isInstanceOf(NotHttp.class);
    }

    @Test
    void anyMutationGetsAnAnswerAndNoneThatTruncationChanges() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var marks = "\r\n \t\0:/?*HTTP/1.0\u0080\u00ff".getBytes(ISO_8859_1);
        try {
            for (int round = 0; round < 50_000; round++) {
                var bytes = (H + "Content-Length: 5\r\nX: y\r\n\r\nhello").getBytes(ISO_8859_1);
                for (int i = random.nextInt(4); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = marks[random.nextInt(marks.length)];
                }
                var whole = HttpHead.peek(ByteBuffer.wrap(bytes));
                int length = random.nextInt(bytes.length);
                assertThat(HttpHead.peek(ByteBuffer.wrap(bytes, 0, length)))
                        .isIn(whole, new NeedMore());
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static HttpHead.Peek peek(String text) {
        return HttpHead.peek(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }
}
