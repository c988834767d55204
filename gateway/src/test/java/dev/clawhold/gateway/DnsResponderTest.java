package dev.clawhold.gateway;

import static dev.clawhold.gateway.DnsMessages.A;
import static dev.clawhold.gateway.DnsMessages.AAAA;
import static dev.clawhold.gateway.DnsMessages.PTR;
import static dev.clawhold.gateway.DnsMessages.query;
import static dev.clawhold.gateway.DnsMessages.wire;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.gateway.DnsMessages.Answer;
import dev.clawhold.policy.host.IpAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsResponderTest {
    private static final int FORMERR = 1;
    private static final int SERVFAIL = 2;
    private static final int NOTIMP = 4;
    private static final int REFUSED = 5;

    private final SyntheticAddresses addresses = new SyntheticAddresses(() -> 0);
    private final DnsResponder responder = new DnsResponder(addresses);

    @Nested
    class AWellFormedName {
        @Test
        void hasOneAddressInBothFamilies() {
            assertThat(ask(query("api.example.com", A)).data()).contains(bytes(198, 18, 0, 2));
            assertThat(ask(query("api.example.com", AAAA)).data())
                    .contains(bytes(0xFD, 0, 0xC1, 0xA4, 0, 0, 0, 0, 0, 0, 0, 0, 198, 18, 0, 2));
            assertThat(ask(query("b.example.com", A)).data()).contains(bytes(198, 18, 0, 3));
        }

        @Test
        void isTheSameNameInAnyCaseAndItsQuestionIsRepeatedAsSent() {
            for (var spelling : new String[] {"api.example.com", "aPi.ExAmPlE.com"}) {
                assertThat(ask(query(spelling, A)).data()).contains(bytes(198, 18, 0, 2));
            }
        }

        @Test
        void repeatsTheIdAndSaysThatRecursionWasDone() {
            var answer = ask(query("api.example.com", A));

            assertThat(answer.id()).isEqualTo(0xBEEF);
            assertThat(answer.flags()).isEqualTo(0x8180);
            assertThat(answer.rcode()).isZero();
            assertThat(answer.opt()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"host.clawhold.internal", "inference.local", "metadata.goog"})
        void getsAnAddressWhateverThePolicySays(String name) {
            assertThat(ask(query(name, A)).data()).contains(bytes(198, 18, 0, 2));
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 5, 6, 10, 15, 16, 33, 64, 65, 251, 252, 255, 65_535})
        void hasNoOtherRecords(int type) {
            var answer = ask(query("api.example.com", type));

            assertThat(answer.rcode()).isZero();
            assertThat(answer.data()).isEmpty();
            assertThat(ask(query("first.example", A)).data()).contains(bytes(198, 18, 0, 2));
        }
    }

    @Nested
    class Localhost {
        @ParameterizedTest
        @ValueSource(strings = {"localhost", "LOCALHOST", "app.localhost"})
        void isLoopback(String name) {
            assertThat(ask(query(name, A)).data()).contains(bytes(127, 0, 0, 1));
            assertThat(ask(query(name, AAAA)).data())
                    .contains(bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
            assertThat(addresses.nameOf(IpAddress.of(bytes(198, 18, 0, 2)))).isEmpty();
        }

        @Test
        void isWhatLoopbackIsCalled() {
            assertThat(ask(query("1.0.0.127.in-addr.arpa", PTR)).data())
                    .contains(wire("localhost"));
        }
    }

    @Nested
    class AReverseQuestion {
        @Test
        void namesWhatTheAddressStandsFor() {
            ask(query("api.example.com", A));

            assertThat(ask(query("2.0.18.198.in-addr.arpa", PTR)).data())
                    .contains(wire("api.example.com"));
            assertThat(
                            ask(query(
                                            "2.0.0.0.2.1.6.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"
                                                    + ".4.a.1.c.0.0.d.f.ip6.arpa",
                                            PTR))
                                    .data())
                    .contains(wire("api.example.com"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "3.0.18.198.in-addr.arpa",
                    "1.0.0.10.in-addr.arpa",
                    "0.18.198.in-addr.arpa",
                    "2.0.0.18.198.in-addr.arpa",
                    "256.0.18.198.in-addr.arpa",
                    "x.0.18.198.in-addr.arpa",
                    "2.ip6.arpa",
                    "api.example.com"
                })
        void tellsNothingElse(String name) {
            var answer = ask(query(name, PTR));

            assertThat(answer.rcode()).isZero();
            assertThat(answer.data()).isEmpty();
        }
    }

    @Nested
    class Edns {
        private static final String OPT = "00" + "0029" + "1000" + "00000000" + "0000";

        @Test
        void isAnsweredInKindWithOurSize() {
            var answer = ask(query(wire("api.example.com"), A, 1, OPT));

            assertThat(answer.data()).isPresent();
            assertThat(answer.opt()).contains("0029" + "04d0" + "00000000" + "0000");
        }

        @Test
        void repeatsTheDnssecBitAndDropsOptions() {
            var cookie = "00002910000000800000" + "0c" + "000a0008" + "0123456789abcdef";

            assertThat(ask(query(wire("api.example.com"), A, 1, cookie)).opt())
                    .contains("0029" + "04d0" + "00008000" + "0000");
        }

        @Test
        void ofAnotherVersionIsRefusedByItsOwnCode() {
            var answer =
                    ask(query(wire("api.example.com"), A, 1, "0000291000" + "00010000" + "0000"));

            assertThat(answer.rcode()).isZero();
            assertThat(answer.opt()).contains("0029" + "04d0" + "01000000" + "0000");
            assertThat(answer.data()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "00002910000000000000" + "05" + "000a0008",
                    "00002910000000000000" + "04" + "000a0001",
                    "000029",
                    "01610029100000000000" + "0000",
                    "0000fa00ff000000000000"
                })
        void thatIsNotWellFormedIsAFormatError(String additional) {
            assertThat(ask(query(wire("api.example.com"), A, 1, additional)).rcode())
                    .isEqualTo(FORMERR);
        }
    }

    @Nested
    class Refusals {
        @ParameterizedTest
        @ValueSource(strings = {"a b.example", "a\0b.example", "caf\u00e9.example", "1.2.3.4"})
        void ofNamesThatAreNone(String name) {
            assertThat(ask(query(name, A)).rcode()).isEqualTo(REFUSED);
            assertThat(ask(query(name, 16)).rcode()).isEqualTo(REFUSED);
        }

        @Test
        void ofADotInsideALabel() {
            var name = "\3a.b\7example\0".getBytes(ISO_8859_1);

            assertThat(ask(query(name, A, 1, "")).rcode()).isEqualTo(REFUSED);
        }

        @Test
        void ofTheRoot() {
            assertThat(ask(query(new byte[1], 2, 1, "")).rcode()).isEqualTo(REFUSED);
        }

        @Test
        void ofOtherClassesAndOperations() {
            assertThat(ask(query(wire("version.bind"), 16, 3, "")).rcode()).isEqualTo(NOTIMP);
            var update = query("api.example.com", 6);
            update[2] = 5 << 3;
            assertThat(ask(update).rcode()).isEqualTo(NOTIMP);
        }

        @Test
        void ofAnythingButOneQuestion() {
            for (int count : new int[] {4, 6, 8, 10}) {
                var query = query("api.example.com", A);
                query[count + 1]++;
                assertThat(ask(query).rcode()).isEqualTo(FORMERR);
            }
            var none = query("api.example.com", A);
            none[5] = 0;
            assertThat(ask(none).rcode()).isEqualTo(FORMERR);
        }

        @Test
        void ofPointersLongLabelsAndLongNames() {
            assertThat(ask(query(bytes(0xC0, 12), A, 1, "")).rcode()).isEqualTo(FORMERR);
            assertThat(ask(query(wire("a".repeat(64)), A, 1, "")).rcode()).isEqualTo(FORMERR);
            var longest = ("a".repeat(49) + ".").repeat(5) + "abc";
            assertThat(ask(query(wire(longest), A, 1, "")).data()).isPresent();
            assertThat(ask(query(wire(longest + "d.e"), A, 1, "")).rcode()).isEqualTo(FORMERR);
        }

        @Test
        void ofNewNamesBeyondTheRate() {
            for (int i = 0; i < 1_000; i++) {
                ask(query("n" + i + ".example", A));
            }

            assertThat(ask(query("more.example", A)).rcode()).isEqualTo(SERVFAIL);
            assertThat(ask(query("more.example", 16)).rcode()).isZero();
            assertThat(ask(query("n999.example", AAAA)).data()).isPresent();
        }
    }

    @Test
    void answersAndFragmentsOfAHeaderAreIgnored() {
        var query = query("api.example.com", A);
        assertThat(responder.answer(query, 11)).isEmpty();
        query[2] = (byte) 0x81;
        assertThat(responder.answer(query, query.length)).isEmpty();
    }

    @Test
    void everyTruncationIsAFormatError() {
        var query = query(wire("api.example.com"), A, 1, "00002910000000000000" + "00");
        for (int length = 12; length < query.length; length++) {
            assertThat(Answer.read(query, responder.answer(query, length).orElseThrow()).rcode())
                    .isEqualTo(FORMERR);
        }
    }

    @Test
    void tcpMessagesComeOutOfTheStreamWhole() {
        var query = query("api.example.com", A);
        var framed = DnsResponder.framed(query);
        for (int length = 0; length < framed.length; length++) {
            var stream = ByteBuffer.wrap(framed, 0, length);
            assertThat(DnsResponder.unframe(stream)).isEmpty();
            assertThat(stream.position()).isZero();
        }
        var two = ByteBuffer.allocate(2 * framed.length).put(framed).put(framed).flip();
        assertThat(DnsResponder.unframe(two)).contains(query);
        assertThat(DnsResponder.unframe(two)).contains(query);
        assertThat(two.hasRemaining()).isFalse();
    }

    @Test
    void mutatedQuestionsGetAWellFormedAnswerOrNone() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try {
            for (int round = 0; round < 50_000; round++) {
                var query = query(wire("api.example.com"), A, 1, "00002910000000000000" + "00");
                for (int i = random.nextInt(4); i >= 0; i--) {
                    query[2 + random.nextInt(query.length - 2)] = (byte) random.nextInt();
                }
                int length = random.nextInt(query.length + 1);
                var sent = Arrays.copyOf(query, query.length + 40);
                responder.answer(sent, length).ifPresent(answer -> Answer.read(sent, answer));
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private Answer ask(byte[] query) {
        return Answer.read(query, responder.answer(query, query.length).orElseThrow());
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
