package dev.clawhold.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.gateway.FirstBytes.Finding;
import dev.clawhold.gateway.FirstBytes.Finding.Fitting;
import dev.clawhold.gateway.FirstBytes.Finding.Misfit;
import dev.clawhold.gateway.FirstBytes.Finding.More;
import dev.clawhold.policy.ReasonCode;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstBytesTest {

    @Nested
    class OfTls {
        @ParameterizedTest
        @ValueSource(strings = {"api.example.com", "API.Example.COM"})
        void fitWhereTheServerNameIsTheHost(String name) {
            assertThat(look(RealClient.hello(name), "api.example.com")).isEqualTo(new Fitting());
        }

        @Test
        void areAMisfitWhereTheyNameAnotherHost() {
            assertThat(look(RealClient.hello("other.example"), "api.example.com"))
                    .isEqualTo(new Misfit(ReasonCode.SNI_MISMATCH, "other.example"));
        }

        @Test
        void areAMisfitWithoutAServerName() {
            assertThat(look(RealClient.hello(""), "api.example.com"))
                    .isEqualTo(new Misfit(ReasonCode.SNI_MISMATCH, ""));
        }

        @ParameterizedTest
        @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
        void needNoServerNameForALiteralAddressAndMayHaveNone(String address) {
            assertThat(look(RealClient.hello(""), address)).isEqualTo(new Fitting());
            assertThat(look(RealClient.hello("api.example.com"), address))
                    .isEqualTo(new Misfit(ReasonCode.SNI_MISMATCH, "api.example.com"));
        }

        @Test
        void areTooFewWhileTheHelloIsNotWhole() {
            var hello = RealClient.hello("api.example.com");

            assertThat(look(hello.slice(0, hello.limit() - 1), "api.example.com"))
                    .isEqualTo(new More());
        }

        @Test
        void areAMisfitThatSaysWhyWhereTheHelloIsMalformed() {
            var hello = RealClient.hello("api.example.com");
            hello.put(6, (byte) 0xFF); // the handshake message's length

            assertThat(look(hello, "api.example.com"))
                    .isInstanceOfSatisfying(
                            Misfit.class,
                            misfit -> {
                                assertThat(misfit.code()).isEqualTo(ReasonCode.SNI_MISMATCH);
                                assertThat(misfit.presented()).isNotEmpty();
                            });
        }
    }

    @Nested
    class OfHttp {
        @ParameterizedTest
        @CsvSource({
            "api.example.com, api.example.com, 80",
            "API.example.com:80, api.example.com, 80",
            "api.example.com:8080, api.example.com, 8080",
            "192.0.2.1, 192.0.2.1, 80",
            "[2001:db8::1]:8080, 2001:db8::1, 8080"
        })
        void fitWhereTheHostFieldIsTheHost(String field, String host, int port) {
            assertThat(FirstBytes.look(get(field), Requests.to(host, port)))
                    .isEqualTo(new Fitting());
        }

        @ParameterizedTest
        @CsvSource({"other.example, 80", "api.example.com, 8080", "api.example.com:81, 80"})
        void areAMisfitWhereTheyNameAnotherHostOrPort(String field, int port) {
            assertThat(FirstBytes.look(get(field), Requests.to("api.example.com", port)))
                    .isEqualTo(new Misfit(ReasonCode.HOST_HEADER_MISMATCH, field));
        }

        @Test
        void areAMisfitThatSaysWhyWhereTheHeadIsMalformed() {
            var twice = text("GET / HTTP/1.1\r\nHost: api.example.com\r\nHost: b.example\r\n\r\n");

            assertThat(look(twice, "api.example.com"))
                    .isInstanceOfSatisfying(
                            Misfit.class,
                            misfit -> {
                                assertThat(misfit.code()).isEqualTo(ReasonCode.REQUEST_MALFORMED);
                                assertThat(misfit.presented()).isNotEmpty();
                            });
        }

        @Test
        void areTooFewWhileTheHeadIsNotWhole() {
            assertThat(look(text("GET / HTTP/1.1\r\nHost: api.example.com\r\n"), "api.example.com"))
                    .isEqualTo(new More());
        }

        @Test
        void areAMisfitAtTheLimitOfAHead() {
            var line = "GET /" + "a".repeat(HttpHead.LIMIT);

            assertThat(look(text(line.substring(0, HttpHead.LIMIT - 1)), "api.example.com"))
                    .isEqualTo(new More());
            assertThat(look(text(line.substring(0, HttpHead.LIMIT)), "api.example.com"))
                    .isInstanceOfSatisfying(
                            Misfit.class,
                            misfit ->
                                    assertThat(misfit.code())
                                            .isEqualTo(ReasonCode.REQUEST_MALFORMED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-client\r\n", "EHLO a\r\n", "\0\0\0\b\u0004\u00d2\u0016/"})
    void ofOtherProtocolsNameNothingAndFit(String start) {
        assertThat(look(text(start), "api.example.com")).isEqualTo(new Fitting());
    }

    private static Finding look(ByteBuffer bytes, String host) {
        return FirstBytes.look(bytes, Requests.to(host, 80));
    }

    private static ByteBuffer get(String host) {
        return text("GET /a HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
