package dev.clawhold.policy.glob;

import java.util.BitSet;
import java.util.stream.IntStream;

/// The machines of all texts that a pattern of a kind may be asked about: hosts and request paths
/// in canonical form, absolute paths of files, values. Bounds of length and what an `xn--` label
/// decodes to are left out.
final class Canonical {
    private static final int MOST_BOUNDARIES = 0x110000;
    private static final Dfa HOSTS = hosts();
    private static final Dfa PATHS = paths();
    private static final Dfa FILES = files();
    private static final Dfa VALUES =
            Dfa.of(
                    new int[] {0xD800, 0xE000, MOST_BOUNDARIES},
                    1,
                    bits(0),
                    (_, unit) -> isCharacter(unit) ? 0 : Dfa.NONE);

    private Canonical() {}

    static Dfa of(Glob.Kind kind) {
        return switch (kind) {
            case HOST -> HOSTS;
            case PATH -> PATHS;
            case BINARY -> FILES;
            case VALUE -> VALUES;
        };
    }

    private static BitSet bits(int... states) {
        var bits = new BitSet();
        IntStream.of(states).forEach(bits::set);
        return bits;
    }

    private static int[] everyByte() {
        return IntStream.concat(
                        IntStream.of(0xD800, 0xE000, MOST_BOUNDARIES),
                        IntStream.concat(
                                IntStream.rangeClosed(0, 128),
                                IntStream.range(Nfa.TRIPLET, Dfa.UNITS)))
                .toArray();
    }

    private static boolean isCharacter(int unit) {
        return unit < MOST_BOUNDARIES && (unit < 0xD800 || unit >= 0xE000);
    }

    /// Labels joined by dots; the last one is no number in any notation.
    private static Dfa hosts() {
        final int label = 0;
        final int digits = 1;
        final int zero = 2;
        final int hexadecimal = 3;
        final int name = 4;
        return Dfa.of(
                everyByte(),
                5,
                bits(name),
                (state, unit) -> {
                    if (unit == '.') {
                        return state == label ? Dfa.NONE : label;
                    }
                    boolean digit = unit >= '0' && unit <= '9';
                    if (!digit && (unit < 'a' || unit > 'z') && unit != '-' && unit != '_') {
                        return Dfa.NONE;
                    }
                    if (state == hexadecimal || (state == zero && unit == 'x')) {
                        return hexadecimal;
                    }
                    if (!digit || state == name) {
                        return name;
                    }
                    return state == label && unit == '0' ? zero : digits;
                });
    }

    /// `/` and segments, none of which is empty or made of dots.
    private static Dfa files() {
        final int first = 0;
        final int segment = 1;
        final int dot = 2;
        final int dots = 3;
        final int text = 4;
        return Dfa.of(
                everyByte(),
                5,
                bits(text),
                (state, unit) -> {
                    if (state == first || unit == '/') {
                        return unit == '/' && (state == first || state == text)
                                ? segment
                                : Dfa.NONE;
                    }
                    if (unit == 0 || !isCharacter(unit)) {
                        return Dfa.NONE;
                    }
                    if (unit != '.' || state >= dots) {
                        return text;
                    }
                    return state == segment ? dot : dots;
                });
    }

    private static final int FIRST = 0;
    private static final int SEGMENT = 1;
    private static final int DOT = 2;
    private static final int DOTS = 3;
    private static final int TEXT = 4;

    /// Behind an encoded slash, beside which no dot segment may stand either.
    private static final int PART = 5;

    /// Behind the first triplets of a character: one, two or three more follow; in the last four
    /// the next one is bounded (RFC 3629 § 4).
    private static final int MORE = 6;

    private static final int AFTER_E0 = 9;
    private static final int AFTER_ED = 10;
    private static final int AFTER_F0 = 11;
    private static final int AFTER_F4 = 12;

    private static Dfa paths() {
        return Dfa.of(everyByte(), 13, bits(SEGMENT, TEXT, PART), Canonical::inPath);
    }

    private static int inPath(int state, int unit) {
        boolean triplet = unit >= Nfa.TRIPLET;
        int value = unit & 0xFFFF;
        if (state >= MORE) {
            return triplet ? continued(state, value) : Dfa.NONE;
        }
        if (state == FIRST || unit == '/') {
            return unit == '/' && state != SEGMENT && state != DOT && state != DOTS
                    ? SEGMENT
                    : Dfa.NONE;
        }
        if (triplet) {
            return afterTriplet(state, value);
        }
        if (unit == ';' || unit >= 128 || !GlobText.isPlainInPaths(unit)) {
            return Dfa.NONE;
        }
        if (unit != '.' || state == TEXT || state == DOTS) {
            return TEXT;
        }
        return state == DOT ? DOTS : DOT;
    }

    private static int afterTriplet(int state, int value) {
        if (value == '/' || value == '\\') {
            return state == DOT || state == DOTS ? Dfa.NONE : PART;
        }
        if (value < 0x20 || value == 0x7F || value == ';') {
            return Dfa.NONE;
        }
        if (value < 0x80) {
            return GlobText.isPlainInPaths(value) ? Dfa.NONE : TEXT;
        }
        return switch (value) {
            case 0xE0 -> AFTER_E0;
            case 0xED -> AFTER_ED;
            case 0xF0 -> AFTER_F0;
            case 0xF4 -> AFTER_F4;
            default -> afterOrdinary(value);
        };
    }

    private static int afterOrdinary(int first) {
        if (first < 0xC2 || first > 0xF4) {
            return Dfa.NONE;
        }
        return first < 0xE0 ? MORE : first < 0xF0 ? MORE + 1 : MORE + 2;
    }

    private static int continued(int state, int value) {
        int low = state == AFTER_E0 ? 0xA0 : state == AFTER_F0 ? 0x90 : 0x80;
        int high = state == AFTER_ED ? 0x9F : state == AFTER_F4 ? 0x8F : 0xBF;
        if (value < low || value > high) {
            return Dfa.NONE;
        }
        return switch (state) {
            case MORE -> TEXT;
            case AFTER_E0, AFTER_ED -> MORE;
            case AFTER_F0, AFTER_F4 -> MORE + 1;
            default -> state - 1;
        };
    }
}
