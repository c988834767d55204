package dev.clawhold.policy.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Labels behind `xn--`, beside a decoder of numbers without end.
class PunycodeTest {
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ihqwcrb4cv8a8dqg056pqjye",
                "egbpdaj6bu4bxfgehfvwxn",
                "proprostnemluvesky-uyb24dma41a",
                "4dbcagdahymbxekheh6e0a7fei0b",
                "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa",
                "b1abfaaepdrnnbgefbadotcwatmq2g4l",
                "porqunopuedensimplementehablarenespaol-fmd56a",
                "d9juau41awczczp"
            })
    void theSamplesOfRfc3492Decode(String label) {
        assertThat(Punycode.decodes(label)).isTrue();
    }

    @Test
    void whatNumbersWithoutEndSayHolds() {
        var random = new Random(3_492);
        int good = 0;
        for (int i = 0; i < 50_000; i++) {
            var label = new StringBuilder();
            for (int n = random.nextInt(3); n > 0; n--) {
                label.append(DIGITS.charAt(random.nextInt(36)));
            }
            label.append(random.nextBoolean() ? "-" : "");
            for (int n = random.nextInt(9); n > 0; n--) {
                label.append(DIGITS.charAt(random.nextInt(random.nextBoolean() ? 36 : 20)));
            }
            var text = label.toString();
            boolean slow = decodes(text);
            good += slow ? 1 : 0;
            assertThat(Punycode.decodes(text)).as(text).isEqualTo(slow);
        }
        assertThat(good).isBetween(5_000, 45_000);
    }

    /// RFC 3492 § 6.2, with nothing that could overflow.
    private static boolean decodes(String text) {
        int dash = text.lastIndexOf('-');
        long length = Math.max(dash, 0);
        var code = BigInteger.valueOf(128);
        var at = BigInteger.ZERO;
        long bias = 72;
        boolean first = true;
        var digits = text.substring(dash + 1);
        for (int i = 0; i < digits.length(); first = false) {
            var old = at;
            var weight = BigInteger.ONE;
            for (long k = 36; ; k += 36) {
                if (i == digits.length()) {
                    return false;
                }
                long digit = DIGITS.indexOf(digits.charAt(i++));
                at = at.add(weight.multiply(BigInteger.valueOf(digit)));
                long threshold = List.of(1L, 26L, k - bias).stream().sorted().toList().get(1);
                if (digit < threshold) {
                    break;
                }
                weight = weight.multiply(BigInteger.valueOf(36 - threshold));
            }
            length++;
            bias = adapt(at.subtract(old), length, first);
            var size = BigInteger.valueOf(length);
            code = code.add(at.divide(size));
            at = at.mod(size).add(BigInteger.ONE);
            boolean half = code.shiftRight(11).equals(BigInteger.valueOf(0xD800 >> 11));
            if (half || code.compareTo(BigInteger.valueOf(0x10FFFF)) > 0) {
                return false;
            }
        }
        return !digits.isEmpty();
    }

    private static long adapt(BigInteger delta, long length, boolean first) {
        var rest = delta.divide(BigInteger.valueOf(first ? 700 : 2));
        rest = rest.add(rest.divide(BigInteger.valueOf(length)));
        long k = 0;
        while (rest.compareTo(BigInteger.valueOf(455)) > 0) {
            rest = rest.divide(BigInteger.valueOf(35));
            k += 36;
        }
        long low = rest.longValueExact();
        return k + 36 * low / (low + 38);
    }
}
