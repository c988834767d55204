package dev.clawhold.policy.content;

import static dev.clawhold.policy.content.SecretScan.Place.CREDENTIAL_HEADER;
import static dev.clawhold.policy.content.SecretScan.Place.ELSEWHERE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTest {
    private static final String GITHUB = "ghp_" + "a1B".repeat(12);
    private static final String OPENAI = "sk-" + "aB3_".repeat(5);

    /// Each kind at its shortest: what is one character shorter is no hit. The secrets are put
    /// together here, so that nobody takes this file for a leak.
    static Stream<Arguments> kinds() {
        return Stream.of(
                kind("anthropic-key", "sk-ant-", word(20), "api.anthropic.com"),
                kind("openai-key", "sk-", word(20), "api.openai.com"),
                kind("github-token", "ghp_", word(36), "api.github.com"),
                kind("github-token", "gho_", word(36), "github.com"),
                kind("github-token", "ghu_", word(36), "api.githubcopilot.com"),
                kind("github-token", "ghs_", word(36), "uploads.github.com"),
                kind("github-token", "ghr_", word(36), "github.com"),
                kind("github-token", "github_pat_", word(22), "api.github.com"),
                kind("gitlab-token", "glpat-", word(20), "gitlab.com"),
                kind("slack-token", "xoxb-", word(10), "slack.com"),
                kind("slack-token", "xoxa-", word(10), "files.slack.com"),
                kind("slack-token", "xoxe-", word(10), "slack.com"),
                kind("slack-token", "xoxo-", word(10), "slack.com"),
                kind("slack-token", "xoxp-", word(10), "slack.com"),
                kind("slack-token", "xoxr-", word(10), "slack.com"),
                kind("slack-token", "xoxs-", word(10), "slack.com"),
                kind("telegram-token", "12345678:", word(35), "api.telegram.org"),
                kind("telegram-token", "0123456789:", word(35), "api.telegram.org"),
                kind("aws-access-key", "AKIA", "ABCDEFGH23456789", "s3.amazonaws.com"),
                kind("aws-access-key", "ASIA", "ZYXWVUTS01234567", "sts.us.amazonaws.com"),
                kind("google-api-key", "AIza", word(35), "maps.googleapis.com"),
                kind("npm-token", "npm_", word(36), "packages.npmjs.org"),
                kind("pypi-token", "pypi-", word(50), "upload.pypi.org"),
                kind("huggingface-token", "hf_", word(30), "huggingface.co"),
                kind("nvidia-key", "nvapi-", word(40), "integrate.api.nvidia.com"));
    }

    private static Arguments kind(String name, String prefix, String rest, String home) {
        return Arguments.of(name, prefix, rest, home);
    }

    private static String word(int length) {
        return "aZ09_-xQ".repeat(8).substring(0, length);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aSecretIsFoundAwayFromItsHomeOnly(String name, String prefix, String rest, String home) {
        var secret = prefix + rest;
        assertThat(scan(secret)).hasValue(name);
        assertThat(scan("k=" + secret + "&x=1")).hasValue(name);
        assertThat(SecretScan.scan(secret, ELSEWHERE, home)).isEmpty();
        assertThat(SecretScan.scan(secret, ELSEWHERE, "evil" + home)).isEqualTo(evil(name, home));
        assertThat(SecretScan.scan(secret, ELSEWHERE, home + ".evil.test")).hasValue(name);
        assertThat(SecretScan.scan(secret, ELSEWHERE, "10.0.0.1")).hasValue(name);
    }

    /// `evilapi.github.com` lies below `github.com`, `evilgithub.com` does not.
    private static Optional<String> evil(String name, String home) {
        boolean below = home.split("\\.", -1).length > 2;
        boolean exact = home.equals("api.telegram.org") || home.equals("upload.pypi.org");
        return below && !exact ? Optional.empty() : Optional.of(name);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsTooShortIsNoSecret(String name, String prefix, String rest) {
        var shorter = prefix + rest.substring(1);
        assertThat(scan(shorter)).as(name).isEmpty();
        assertThat(scan(shorter + ".")).as(name).isEmpty();
        assertThat(scan(shorter + "é")).as(name).isEmpty();
        assertThat(scan(prefix + "." + rest)).as(name).isEmpty();
        assertThat(scan(prefix)).as(name).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aSecretIsFoundPercentEncoded(String name, String prefix, String rest) {
        assertThat(scan("x" + triplets(" " + prefix + rest))).hasValue(name);
        assertThat(scan("x" + triplets(triplets(" " + prefix + rest)))).hasValue(name);
        assertThat(scan("x" + triplets(triplets(triplets(" " + prefix + rest))))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aSecretIsFoundInBase64(String name, String prefix, String rest) {
        for (int before = 0; before < 3; before++) {
            var plain = (" ".repeat(before) + prefix + rest + " \n\n").getBytes(UTF_8);
            var standard = Base64.getEncoder().encodeToString(plain);
            var url = Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
            assertThat(scan("Basic " + standard)).hasValue(name);
            assertThat(scan("{\"k\":\"" + url + "\"}")).hasValue(name);
            for (var glue : List.of("a", "ab", "abc", "a/b/c", "data_")) {
                assertThat(scan("x " + glue + standard)).hasValue(name);
            }
            assertThat(scan(triplets(triplets(standard)))).hasValue(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRIVATE KEY",
                "RSA PRIVATE KEY",
                "EC PRIVATE KEY",
                "ENCRYPTED PRIVATE KEY",
                "OPENSSH PRIVATE KEY",
                "PGP PRIVATE KEY BLOCK"
            })
    void aPrivateKeyHasNoHome(String label) {
        var pem = "-----BEGIN " + label + "-----\nMIIE";
        assertThat(scan("x" + pem)).hasValue("pem-private-key");
        assertThat(scan(pem.replace(' ', '+'))).hasValue("pem-private-key");
        assertThat(scan(triplets(pem))).hasValue("pem-private-key");
        assertThat(scan(Base64.getEncoder().encodeToString(pem.getBytes(UTF_8))))
                .hasValue("pem-private-key");
        assertThat(SecretScan.scan(pem, CREDENTIAL_HEADER, "github.com"))
                .hasValue("pem-private-key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----",
                "-----BEGIN PRIVATE KEY",
                "-----BEGIN PRIVATE KEY----",
                "-----BEGIN private key-----",
                "----BEGIN PRIVATE KEY-----",
                "-----END PRIVATE KEY-----",
                "-----BEGINPRIVATE KEY-----",
                "-----BEGIN A_PRIVATE KEY-----",
                "-----BEGIN"
            })
    void whatIsNoPrivateKeyPasses(String text) {
        assertThat(scan(text)).isEmpty();
    }

    @Test
    void aLabelHasAtMost64Characters() {
        assertThat(scan("-----BEGIN" + " ".repeat(52) + " PRIVATE KEY-----"))
                .hasValue("pem-private-key");
        assertThat(scan("-----BEGIN" + " ".repeat(53) + " PRIVATE KEY-----")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/docs/risk-assessment-and-mitigation-plan",
                "task-management-for-developers-2026",
                "self1hf_" + "abcdefghijabcdefghijabcdefghijabcdef",
                "xAKIAABCDEFGH23456789",
                "AKIAabcdefgh23456789",
                "0AIza" + "abcdefghijabcdefghijabcdefghijabcdefghij",
                "1234567:" + "abcdefghijabcdefghijabcdefghijabcdef",
                "12345678901:" + "abcdefghijabcdefghijabcdefghijabcdef",
                ":" + "abcdefghijabcdefghijabcdefghijabcdef",
                "ghx_" + "abcdefghijabcdefghijabcdefghijabcdef",
                "gh",
                "ghp",
                "xox",
                "xoxc-abcdefghijk",
                "xoxbabcdefghijk",
                "%",
                "%4",
                "%zz%g1%1g",
                "100% of it"
            })
    void whatOnlyLooksLikeASecretPasses(String text) {
        assertThat(scan(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "=", "\"", "/", "_", "-", "é", "\\n", "\\t", "\\u003d", "\\u000A"})
    void aKeyMayFollowWhatIsNoLetterOrDigit(String before) {
        assertThat(scan("k" + before + OPENAI)).hasValue("openai-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k%20", "k%0A", "k%3d", "k%%20", "%4k%25%0a", "%k%2520", "k%00"})
    void tripletsMayStandAmongPlainText(String before) {
        assertThat(scan(before + OPENAI)).hasValue("openai-key");
        assertThat(scan(before + "k" + OPENAI)).isEmpty();
        assertThat(scan(before + GITHUB.replace("p_", "%70%5f") + "%")).hasValue("github-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\n", "\\u003d"})
    void aKeyMayBeginTheText(String before) {
        assertThat(scan(before + OPENAI)).hasValue("openai-key");
    }

    @Test
    void whatFollowsAWholeSecretDoesNotCount() {
        assertThat(scan("AKIA" + "A".repeat(30))).hasValue("aws-access-key");
        assertThat(scan("AIza" + word(40))).hasValue("google-api-key");
        assertThat(scan("npm_" + word(40))).hasValue("npm-token");
        assertThat(scan("12345678:" + word(40))).hasValue("telegram-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "0", "9", "z", "A", "n", "003d"})
    void aKeyMayNotFollowALetterOrDigit(String before) {
        assertThat(scan(before + OPENAI)).isEmpty();
        assertThat(scan("k0000" + before + OPENAI)).isEmpty();
    }

    @Test
    void theStricterKindsCountWhereverTheyStand() {
        assertThat(scan("x" + GITHUB)).hasValue("github-token");
        assertThat(scan("/bot12345678:" + word(35) + "/getMe")).hasValue("telegram-token");
    }

    @Nested
    class ACredentialHeader {
        @Test
        void mayHoldTheKeysThatManyVendorsShare() {
            assertThat(SecretScan.scan("Bearer " + OPENAI, CREDENTIAL_HEADER, "x.test")).isEmpty();
            assertThat(SecretScan.scan("Bearer " + OPENAI, ELSEWHERE, "x.test"))
                    .hasValue("openai-key");
            var basic = Base64.getEncoder().encodeToString(("u:" + OPENAI).getBytes(UTF_8));
            assertThat(SecretScan.scan("Basic " + basic, CREDENTIAL_HEADER, "x.test")).isEmpty();
        }

        @Test
        void mayNotHoldOtherKeys() {
            assertThat(SecretScan.scan("Bearer " + GITHUB, CREDENTIAL_HEADER, "x.test"))
                    .hasValue("github-token");
            assertThat(SecretScan.scan("sk-ant-" + word(20), CREDENTIAL_HEADER, "x.test"))
                    .hasValue("anthropic-key");
        }

        @Test
        void isOneOfFive() {
            assertThat(
                            Stream.of(
                                            "authorization",
                                            "proxy-authorization",
                                            "x-api-key",
                                            "api-key",
                                            "x-goog-api-key")
                                    .map(SecretScan.Place::ofHeader))
                    .containsOnly(CREDENTIAL_HEADER);
            assertThat(
                            Stream.of("cookie", "x-api", "x-authorization", "", "api-key2")
                                    .map(SecretScan.Place::ofHeader))
                    .containsOnly(ELSEWHERE);
        }
    }

    @Test
    void anAnthropicKeyIsNoOpenAiKey() {
        var key = "sk-ant-" + word(30);
        assertThat(SecretScan.scan(key, ELSEWHERE, "api.anthropic.com")).isEmpty();
        assertThat(SecretScan.scan(key, ELSEWHERE, "api.openai.com")).hasValue("anthropic-key");
        assertThat(scan("sk-ant-" + word(13))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.com, false",
        "api.anthropic.com, true",
        "a.b.anthropic.com, true",
        "xanthropic.com, false",
        "x.anthropic.com.evil.test, false"
    })
    void twoStarsNeedALabel(String host, boolean home) {
        assertThat(SecretScan.scan("sk-ant-" + word(20), ELSEWHERE, host).isEmpty())
                .isEqualTo(home);
    }

    @Test
    void aSecretAtHomeDoesNotHideAnotherOne() {
        assertThat(SecretScan.scan(GITHUB + " " + OPENAI, ELSEWHERE, "github.com"))
                .hasValue("openai-key");
    }

    @Test
    void theFirstInTheTextIsNamed() {
        assertThat(scan(OPENAI + " " + GITHUB)).hasValue("openai-key");
        assertThat(scan(GITHUB + " " + OPENAI)).hasValue("github-token");
    }

    @Test
    void bytesAreSearchedInAnyCoding() {
        var bytes = new ArrayList<byte[]>();
        bytes.add(("é " + GITHUB + " é").getBytes(UTF_8));
        bytes.add(("é " + GITHUB + " é").getBytes(ISO_8859_1));
        bytes.add(("\u0000\u0001" + GITHUB).getBytes(ISO_8859_1));
        for (var one : bytes) {
            assertThat(SecretScan.scan(one, ELSEWHERE, "x.test")).hasValue("github-token");
        }
        assertThat(SecretScan.scan(new byte[] {-1, 0, 'a'}, ELSEWHERE, "x.test")).isEmpty();
    }

    @Nested
    class Base64Text {
        @Test
        void mayBeBrokenIntoLines() {
            var plain = ("x".repeat(40) + " " + GITHUB).getBytes(UTF_8);
            var mime = Base64.getMimeEncoder().encodeToString(plain);
            assertThat(mime).contains("\r\n");
            assertThat(scan(mime)).hasValue("github-token");
            assertThat(scan(mime.replace("\r\n", "\n"))).hasValue("github-token");
            assertThat(scan(mime.replace("\r\n", "\\r\\n"))).hasValue("github-token");
            assertThat(scan(mime.replace("\r\n", "\\t"))).isEmpty();
            assertThat(scan(mime.replace("\r\n", "."))).isEmpty();
        }

        @Test
        void mayMixBothAlphabets() {
            var plain = ("\u00fb\u00ef\u00be\u00ff\u00ff\u00ff " + GITHUB).getBytes(ISO_8859_1);
            var standard = Base64.getEncoder().encodeToString(plain);
            assertThat(standard).contains("/").contains("+");
            assertThat(scan(standard)).hasValue("github-token");
            assertThat(scan(standard.replace("/", "\\/"))).hasValue("github-token");
            assertThat(scan(standard.replace('+', '-'))).hasValue("github-token");
            assertThat(scan(standard.replace('/', '_'))).hasValue("github-token");
        }

        @Test
        void ofFewerThan24CharactersIsNotDecoded() {
            var key = "xoxb-0123456789".getBytes(UTF_8);
            var run = Base64.getEncoder().encodeToString(key);
            assertThat(run).hasSize(20);
            assertThat(scan(run)).isEmpty();
            assertThat(scan("abc" + run)).isEmpty();
            assertThat(scan("abcd" + run)).hasValue("slack-token");
            assertThat(scan(run + "abcd")).hasValue("slack-token");
            assertThat(scan(run + "=abcd")).isEmpty();
        }

        @Test
        void isSearchedAcrossItsWindows() {
            var random = new SplittableRandom(93);
            var secret = Base64.getEncoder().encodeToString((" " + GITHUB + " ").getBytes(UTF_8));
            for (int before = (1 << 16) - 80; before < (1 << 16) + 16; before++) {
                var text = "A".repeat(before) + secret + "A".repeat(random.nextInt(2000));
                assertThat(scan(text)).as("after " + before).hasValue("github-token");
            }
        }

        @Test
        void isDecodedOnce() {
            var once = Base64.getEncoder().encodeToString(GITHUB.getBytes(UTF_8));
            var twice = Base64.getEncoder().encodeToString(once.getBytes(UTF_8));
            assertThat(scan(twice)).isEmpty();
        }
    }

    @Test
    void largeBodiesWithoutSecretsPass() {
        var random = new SplittableRandom(24);
        var bytes = new byte[1_000_000];
        random.nextBytes(bytes);
        assertThat(SecretScan.scan(bytes, ELSEWHERE, "x.test")).isEmpty();
        assertThat(scan(Base64.getEncoder().encodeToString(bytes))).isEmpty();
        assertThat(scan("sk-".repeat(5) + "%25".repeat(300_000))).isEmpty();
        assertThat(scan("-----BEGIN".repeat(200_000))).isEmpty();
        assertThat(scan("1".repeat(1_000_000) + ":".repeat(1_000_000))).isEmpty();
    }

    private static Optional<String> scan(String text) {
        return SecretScan.scan(text, ELSEWHERE, "api.test");
    }

    private static String triplets(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            encoded.append('%').append(String.format("%02x", b));
        }
        return encoded.toString();
    }
}
