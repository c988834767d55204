package dev.clawhold.policy.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.policy.glob.Glob.Kind;
import dev.clawhold.policy.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageTest {
    private static final long SEED = 20_261_120;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    PATH | /v1/** | /v1/*
                    PATH | /v1/** | /v1/a/**/z
                    PATH | /** | /v1/?
                    PATH | /a* | /a%20*
                    PATH | /**/x | /x
                    PATH | /[a-m]* | /[c-d]x
                    HOST | **.example.com | *.example.com
                    HOST | *.example.com | *-svc.example.com
                    HOST | {a,b}.example.com | a.example.com
                    BINARY | /usr/** | /usr/bin/python3*
                    VALUE | delete* | delete.all
                    VALUE | * | v?
                    """)
    void theWiderPatternCoversTheNarrower(Kind kind, String wide, String narrow) {
        assertThat(language(kind, wide).covers(language(kind, narrow))).isTrue();
        assertThat(language(kind, narrow).covers(language(kind, wide))).isFalse();
        assertThat(language(kind, wide).meets(language(kind, narrow))).isTrue();
        assertThat(language(kind, wide).union(language(kind, narrow)))
                .isEqualTo(language(kind, wide))
                .hasSameHashCodeAs(language(kind, wide));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    PATH | /v1/** | /v1
                    PATH | /v1/* | /v1/a/**
                    PATH | /a*/x | /b*/x
                    HOST | *.example.com | **.*.example.com
                    HOST | *.example.com | *.example.org
                    BINARY | /usr/bin/* | /usr/bin/x/*
                    VALUE | *.a | *.b
                    """)
    void patternsThatShareNoTextDoNotMeet(Kind kind, String one, String other) {
        assertThat(language(kind, one).meets(language(kind, other))).isFalse();
        assertThat(language(kind, one).minus(language(kind, other))).isEqualTo(language(kind, one));
    }

    @Test
    void differentSpellingsOfOneSetAreEqual() {
        assertThat(language(Kind.PATH, "/{a,b}/c"))
                .isEqualTo(language(Kind.PATH, "/a/c").union(language(Kind.PATH, "/b/c")));
        assertThat(language(Kind.PATH, "**")).isEqualTo(Language.all(Kind.PATH));
        assertThat(language(Kind.PATH, "/%7e")).isEqualTo(language(Kind.PATH, "/~"));
        assertThat(language(Kind.HOST, "**")).isEqualTo(Language.all(Kind.HOST));
        assertThat(language(Kind.HOST, "*.A.b")).isEqualTo(language(Kind.HOST, "*.a.b"));
        assertThat(language(Kind.VALUE, "**")).isEqualTo(Language.all(Kind.VALUE));
        assertThat(language(Kind.BINARY, "/a")).isNotEqualTo(language(Kind.PATH, "/a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    PATH | /a/~b | true
                    PATH | /a/ | true
                    PATH | / | true
                    PATH | /.a | true
                    PATH | /... | true
                    PATH | /a%2F | true
                    PATH | /%C3%BC | true
                    PATH | /%E2%82%AC%F0%9F%98%80 | true
                    PATH | a | false
                    PATH | /a//b | false
                    PATH | /. | false
                    PATH | /a/../b | false
                    PATH | /a/..%2Fb | false
                    PATH | /a%5C. | false
                    PATH | /a;b | false
                    PATH | /%41 | false
                    PATH | /%3b | false
                    PATH | /%00 | false
                    PATH | /%C3x | false
                    PATH | /%C0%AF | false
                    PATH | /%ED%A0%80 | false
                    PATH | /%E0%80%80 | false
                    PATH | /%F4%90%80%80 | false
                    PATH | /%F0%80%80%80 | false
                    PATH | /%FF | false
                    PATH | /ü | false
                    HOST | a.example.com | true
                    HOST | 1.a | true
                    HOST | a.0y | true
                    HOST | A.example.com | false
                    HOST | a..b | false
                    HOST | a. | false
                    HOST | 10.0.0.1 | false
                    HOST | a.0x7f | false
                    HOST | a.00 | false
                    BINARY | /usr/bin/ü | true
                    BINARY | /usr/bin/ | false
                    BINARY | /usr/../bin/x | false
                    BINARY | usr | false
                    """)
    void allHoldsExactlyTheCanonicalTexts(Kind kind, String text, boolean canonical) {
        assertThat(Language.all(kind).contains(text)).isEqualTo(canonical);
        assertThat(Language.exactly(kind, text).isEmpty()).isEqualTo(!canonical);
        assertThat(Language.exactly(kind, text).witness())
                .isEqualTo(canonical ? Optional.of(text) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    PATH | /v1/** | /v1/**
                    PATH | /v1/* | /v1/*
                    PATH | ** | /**
                    PATH | /f/*.js | /f/*.js
                    PATH | /{a,b} | /a /b
                    PATH | /a/\\*b | /a/\\*b
                    PATH | /*/issues | /*/issues
                    HOST | **.example.com | **.example.com
                    HOST | *.example.com | *.example.com
                    HOST | *-svc.a.example | *-svc.a.example
                    HOST | ** | **
                    BINARY | /usr/bin/python3* | /usr/bin/python3*
                    VALUE | delete* | delete*
                    VALUE | *.b | *.b
                    """)
    void aSetIsShownAsPatterns(Kind kind, String pattern, String shown) {
        assertThat(language(kind, pattern)).hasToString(shown);
    }

    @Test
    void aSetThatNoPatternsDescribeIsShownByOneText() {
        var odd = language(Kind.VALUE, "*").minus(language(Kind.VALUE, "*a*"));
        assertThat(odd.globs()).isEmpty();
        assertThat(odd).hasToString("texts such as ");
        assertThat(Language.none(Kind.VALUE)).hasToString("");
        assertThat(Language.none(Kind.VALUE).witness()).isEmpty();
    }

    @Test
    void setsOfTwoKindsAreNeverJoined() {
        assertThatThrownBy(() -> Language.all(Kind.PATH).union(Language.all(Kind.HOST)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void patternsWithoutBoundAreRefused() {
        assertThatThrownBy(() -> language(Kind.VALUE, "*a" + "?".repeat(40)))
                .isInstanceOf(LanguageTooLargeException.class);
        var many = new ArrayList<Language>();
        for (int i = 0; i < 26; i++) {
            many.add(language(Kind.VALUE, "*" + (char) ('a' + i) + "*"));
        }
        assertThatThrownBy(() -> Partition.of(Kind.VALUE, many))
                .isInstanceOf(LanguageTooLargeException.class);
    }

    /// A set holds the canonical texts that the pattern matches, and no other.
    @ParameterizedTest
    @EnumSource
    void membershipIsWhatThePatternMatches(Kind kind) {
        var random = new Random(SEED);
        var all = Language.all(kind);
        for (int i = 0; i < 1_500; i++) {
            var pattern = pattern(random, kind);
            var glob = glob(kind, pattern);
            if (glob.isEmpty()) {
                continue;
            }
            var set = Language.of(glob.get());
            assertThat(set.isEmpty()).isEqualTo(set.witness().isEmpty());
            var witness = set.witness();
            witness.ifPresent(text ->
                    assertThat(glob.get().matches(text)).as("%s `%s`", pattern, text).isTrue());
            for (int j = 0; j < 25; j++) {
                var text =
                        witness.isPresent() && j % 2 == 0
                                ? mutated(random, witness.get(), kind)
                                : text(random, kind, 8);
                assertThat(set.contains(text))
                        .as("seed %d: `%s` on `%s`", SEED, pattern, text)
                        .isEqualTo(all.contains(text) && glob.get().matches(text));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLawsOfSetsHold(Kind kind) {
        var random = new Random(SEED + 1);
        for (int i = 0; i < 150; i++) {
            var a = anyLanguage(random, kind);
            var b = anyLanguage(random, kind);
            var c = anyLanguage(random, kind);
            boolean everyTenth = i % 10 == 0;
            assertThat(a.union(b)).isEqualTo(b.union(a));
            assertThat(a.intersection(b.union(c)))
                    .isEqualTo(a.intersection(b).union(a.intersection(c)));
            assertThat(a.union(b).complement())
                    .isEqualTo(a.complement().intersection(b.complement()));
            assertThat(a.complement().complement()).isEqualTo(a);
            assertThat(a.minus(b)).isEqualTo(a.intersection(b.complement()));
            assertThat(a.minus(b).union(a.intersection(b))).isEqualTo(a);
            assertThat(a.minus(a)).isEqualTo(Language.none(kind));
            assertThat(a.covers(a.intersection(b))).isTrue();
            assertThat(a.covers(b)).isEqualTo(a.union(b).equals(a));
            assertThat(a.meets(b)).isEqualTo(b.minus(a.complement()).witness().isPresent());
            Optional.of(a)
                    .filter(_ -> everyTenth)
                    .flatMap(Language::globs)
                    .ifPresent(globs ->
                            assertThat(
                                            globs.stream()
                                                    .map(g -> language(kind, g))
                                                    .reduce(Language.none(kind), Language::union))
                                    .isEqualTo(a));
        }
    }

    /// Whether one set covers another agrees with trying every text of up to six units.
    @Test
    void coversAgreesWithTryingEveryText() {
        var texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).length() < 6) {
                for (var letter : List.of("a", "b", "/")) {
                    texts.add(texts.get(i) + letter);
                }
            }
        }
        var random = new Random(SEED + 2);
        int compared = 0;
        while (compared < 150) {
            var one = glob(Kind.VALUE, word(random, "ab/*?", 4));
            var other = glob(Kind.VALUE, word(random, "ab/*?", 4));
            if (one.isEmpty() || other.isEmpty()) {
                continue;
            }
            compared++;
            // Patterns of three elements differ on a text of six units, if at all, over a third
            // letter that stands for all others.
            boolean all = texts.stream().filter(other.get()::matches).allMatch(one.get()::matches);
            assertThat(Language.of(one.get()).covers(Language.of(other.get())))
                    .as("seed %d: `%s` covers `%s`", SEED, one, other)
                    .isEqualTo(all);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySetIsConstantOnEveryPart(Kind kind) {
        var random = new Random(SEED + 3);
        for (int i = 0; i < 60; i++) {
            var sets = new ArrayList<Language>();
            for (int j = 0; j < 5; j++) {
                sets.add(anyLanguage(random, kind));
            }
            var partition = Partition.of(kind, sets);
            var covered = Language.none(kind);
            for (int part = 0; part < partition.size(); part++) {
                var whole = Language.all(kind);
                for (int s = 0; s < sets.size(); s++) {
                    boolean inside = partition.partsOf(s).get(part);
                    assertThat(sets.get(s).contains(partition.witness(part))).isEqualTo(inside);
                    whole = inside ? whole.intersection(sets.get(s)) : whole.minus(sets.get(s));
                }
                assertThat(whole.contains(partition.witness(part))).isTrue();
                covered = covered.union(whole);
            }
            assertThat(covered).isEqualTo(Language.all(kind));
        }
    }

    @Test
    void aThousandPatternsStayCheap() {
        var sets = new ArrayList<Language>();
        for (int i = 0; i < 500; i++) {
            sets.add(language(Kind.HOST, "**.zone" + i + ".example.com"));
            sets.add(language(Kind.HOST, "api" + i + ".example.com"));
        }
        assertThat(Partition.of(Kind.HOST, sets).size()).isEqualTo(1_001);
    }

    @Test
    void aWitnessOfHostsIsAHost() {
        var random = new Random(SEED + 4);
        for (int i = 0; i < 300; i++) {
            anyLanguage(random, Kind.HOST)
                    .witness()
                    .ifPresent(text -> assertThat(Host.of(text)).as(text).isPresent());
        }
    }

    private static Language anyLanguage(Random random, Kind kind) {
        while (true) {
            var glob = glob(kind, pattern(random, kind));
            if (glob.isPresent()) {
                var one = Language.of(glob.get());
                return random.nextInt(4) > 0 ? one : one.complement();
            }
        }
    }

    private static String pattern(Random random, Kind kind) {
        return switch (kind) {
            case PATH ->
                    "/"
                            + joined(
                                    random,
                                    List.of(
                                            "a", "b", "*", "**", "?", "/", "/**/", "%20", "%C3%BC",
                                            "[a-c]", "[!b]", "{a,b/c}", "."));
            case BINARY ->
                    "/"
                            + joined(
                                    random,
                                    List.of(
                                            "a", "b", "*", "**", "?", "/", "/**/", "[a-c]", "[!b]",
                                            "ü", "."));
            case HOST ->
                    joined(random, List.of("a", "b", "*", "**", "?", ".", "**.", "0", "{a,b.c}"));
            case VALUE ->
                    joined(
                            random,
                            List.of("a", "b", "*", "?", "[a-c]", "[^ab]", ".", "ü", "{a,b}"));
        };
    }

    private static String joined(Random random, List<String> pieces) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    private static String text(Random random, Kind kind, int most) {
        var letters = letters(kind);
        var text = new StringBuilder(kind == Kind.PATH || kind == Kind.BINARY ? "/" : "");
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(letters.get(random.nextInt(letters.size())));
        }
        return text.toString();
    }

    private static List<String> letters(Kind kind) {
        return switch (kind) {
            case PATH -> List.of("a", "b", "c", "/", "%20", "%C3%BC", ".");
            case BINARY, VALUE -> List.of("a", "b", "c", "/", "ü", ".");
            case HOST -> List.of("a", "b", "c", ".", "0");
        };
    }

    private static String mutated(Random random, String text, Kind kind) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(2));
        var letters = letters(kind);
        var put = random.nextBoolean() ? "" : letters.get(random.nextInt(letters.size()));
        return text.substring(0, at) + put + text.substring(end);
    }

    private static String word(Random random, String letters, int most) {
        var word = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    private static Optional<Glob> glob(Kind kind, String pattern) {
        return switch (Glob.read(kind, pattern)) {
            case Glob.Read.Good(var glob, _) -> Optional.of(glob);
            case Glob.Read.Bad _ -> Optional.empty();
        };
    }

    private static Language language(Kind kind, String pattern) {
        return Language.of(glob(kind, pattern).orElseThrow());
    }
}
