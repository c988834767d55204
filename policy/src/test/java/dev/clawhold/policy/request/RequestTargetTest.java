package dev.clawhold.policy.request;

import static dev.clawhold.policy.request.RequestTarget.Fault.PATH_MALFORMED;
import static dev.clawhold.policy.request.RequestTarget.Fault.REQUEST_MALFORMED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    private static final String HOST = "api.test";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // as it is
                "/ | /",
                "/x | /x",
                "/a/b/ | /a/b/",
                "/a-b_c.d~e/0Z | /a-b_c.d~e/0Z",
                "/!$&'()*+,=:@ | /!$&'()*+,=:@",
                "/.well-known/... | /.well-known/...",
                "/a..b/.c/d. | /a..b/.c/d.",
                // triplets
                "/%7Ec/%41%2d%5f | /~c/A-_",
                "/%21%24%26%27%28%29%2A%2B%2C%3D%3A%40 | /!$&'()*+,=:@",
                "/%22%23%25%3c%3E%3f%5b%5d%5e%60%7b%7c%7d%20 |"
                        + " /%22%23%25%3C%3E%3F%5B%5D%5E%60%7B%7C%7D%20",
                "/caf%c3%a9/%e2%82%ac/%f0%9f%98%80 | /caf%C3%A9/%E2%82%AC/%F0%9F%98%80",
                "/%c2%80%ef%bb%bf | /%C2%80%EF%BB%BF",
                "/%f4%8f%bf%bf | /%F4%8F%BF%BF",
                "/%252e%252E/x | /%252e%252E/x",
                "/%252F | /%252F",
                "/%2525 | /%2525",
                // slashes
                "//a///b//  | /a/b/",
                "// | /",
                // parameters
                "/a;b | /a",
                "/a;b=1;c=2/d;e | /a/d",
                "/a%3bb/c%3Bd | /a/c",
                "/a;b/../c | /c",
                "/;/a | /a",
                "/a/; | /a/",
                "/; | /",
                "/a/;x/b | /a/b",
                "/a/..;x/b | /b",
                "/a/.;/b | /a/b",
                "/a/.%3b..%2F/b | /a/b",
                "/a;%2F../b | /a/b",
                "/a;/ | /a/",
                "/a%253Bb | /a%253Bb",
                // dot segments
                "/. | /",
                "/./ | /",
                "/a/. | /a/",
                "/a/./b | /a/b",
                "/a/.. | /",
                "/a/b/.. | /a/",
                "/a/b/../ | /a/",
                "/a/b/../../c | /c",
                "/a/../a/../b | /b",
                "/a//../b | /b",
                "/x/%2e%2e/export/a | /export/a",
                "/x/.%2E/y | /y",
                "/x/%2e/y | /x/y",
                "/x/%2e%2e;a/y | /y",
                // all at once
                "/a//b;v=1/./%7Ec | /a/b/~c"
            })
    void aPathIsBroughtToOneForm(String target, String path) {
        assertThat(good(target).path()).isEqualTo(path);
        assertThat(good(target).text()).isEqualTo(path);
        assertThat(good(target).query()).isEmpty();
    }

    @Test
    void whatUrisMayNotHoldIsEncoded() {
        assertThat(good("/\"<>[]^`{|}").path()).isEqualTo("/%22%3C%3E%5B%5D%5E%60%7B%7C%7D");
    }

    @ParameterizedTest
    @CsvSource({
        "/a%2Fb, /a%2Fb",
        "/a%2fb, /a%2Fb",
        "/a%5cb, /a%5Cb",
        "/%2F, /%2F",
        "/%5c, /%5C",
        "/%2f%5C%2f/x, /%2F%5C%2F/x",
        "/a/b%2Fc;d/e, /a/b%2Fc/e",
        "/a%2F.b, /a%2F.b",
        "/a%2F..., /a%2F...",
        "/a%2Fb/../c%2Fd, /c%2Fd"
    })
    void anEncodedSlashStaysAndIsTold(String target, String path) {
        assertThat(good(target).path()).isEqualTo(path);
        assertThat(good(target).encodedSlash()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b", "/a%252Fb", "/a;%2F", "/a%2Fb/..", "/x?a=%2F", "/a%255C"})
    void anEncodedSlashThatIsNotForwardedIsNotTold(String target) {
        assertThat(good(target).encodedSlash()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // bytes
                "/a b",
                "/a\tb",
                "/a\u0000",
                "/\u007f",
                "/caf\u00e9",
                "/\u20ac",
                "/a#b",
                "/a\\b",
                "/x?a b",
                "/x?\u007f",
                "/x?a#b",
                "/x?a\\b",
                "/x?caf\u00e9",
                "http://api.test/a b",
                // triplets
                "/%",
                "/%4",
                "/a%/b",
                "/%4/1",
                "/%zz",
                "/%4g",
                "/%g4",
                "/%+4",
                "/%-1",
                "/%00",
                "/a%0ab",
                "/%1f",
                "/%7F",
                "/a;%00",
                "/a;%zz",
                "/a%00/..",
                // UTF-8
                "/a%c0%ae",
                "/%c0%af",
                "/%c1%bf",
                "/%e0%80%af",
                "/%f0%80%80%af",
                "/%ed%a0%80",
                "/%f4%90%80%80",
                "/%f8%88%80%80%80",
                "/%80",
                "/%ff",
                "/%c3",
                "/%c3/%a9",
                "/%c3x%a9",
                "/%e2%82",
                "/a;%ff",
                // dot segments
                "/..",
                "/../",
                "/../a",
                "/a/../..",
                "/a/../../b",
                "/./..",
                "//..",
                "/%2e%2e",
                "/..;a",
                "/;/..",
                "/a/..%2F",
                "/a/%2e%2e%2F",
                "/a/..%2fb",
                "/a/..%5C",
                "/a/b%2F..",
                "/a/b%5c..",
                "/a/b%2F..;c",
                "/a/b%2F..%2Fc",
                "/a/.%2F",
                "/a/%2F.",
                "/a/%5C.",
                "/a/b%2F.%5Cc",
                "/a/..%2F/..",
                "/a%2F../.."
            })
    void aPathWithMoreThanOneReadingIsMalformed(String target) {
        assertThat(RequestTarget.of(target, HOST))
                .isEqualTo(new RequestTarget.Read.Bad(PATH_MALFORMED));
    }

    @Nested
    class AnAbsoluteForm {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "http://api.test/x | api.test | /x",
                    "https://api.test/x | api.test | /x",
                    "HTTP://API.Test/X | api.test | /X",
                    "http://api.test | api.test | /",
                    "http://api.test?q | api.test | /?q",
                    "http://api.test?q/../x | api.test | /?q/../x",
                    "http://api.test:8080/a/../b?c | api.test:8080 | /b?c",
                    "http://[2001:db8::1]:80/x | [2001:DB8::1]:80 | /x"
                })
        void isReadAsItsPath(String target, String authority, String text) {
            assertThat(good(target, authority).text()).isEqualTo(text);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "http://evil.test/x | api.test",
                    "http://api.test.evil.test/x | api.test",
                    "http://api.testx | api.test",
                    "http://api.test:80/x | api.test",
                    "http://api.test/x | api.test:80",
                    "http://u@api.test/x | api.test",
                    "http://api.test@evil.test/x | api.test",
                    "http://api.test#/x | api.test",
                    "http://api.test\\x | api.test",
                    "http:/api.test/x | api.test",
                    "http:///x | api.test",
                    "http:///x | ``",
                    "http:// | ``",
                    "ftp://api.test/x | api.test",
                    "ws://api.test/x | api.test",
                    "api.test/x | api.test",
                    "api.test:443 | api.test:443",
                    "xhttp://api.test/ | api.test"
                })
        void ofAnotherAuthorityIsMalformed(String target, String authority) {
            assertThat(RequestTarget.of(target, authority))
                    .isEqualTo(new RequestTarget.Read.Bad(REQUEST_MALFORMED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "x", "?", "?a", "x/y", ".", "%2Fx", ";", " /x", "\\x"})
    void whatIsNeitherFormIsMalformed(String target) {
        assertThat(RequestTarget.of(target, HOST))
                .isEqualTo(new RequestTarget.Read.Bad(REQUEST_MALFORMED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/x?a=1&b=%zz+%2f;/../// | a=1&b=%zz+%2f;/../// | /x?a=1&b=%zz+%2f;/../// ",
                "/x? | `` | /x?",
                "/a/../x?? | ? | /x??",
                "/x?\"<>^`{}[] | \"<>^`{}[] | /x?\"<>^`{}[]",
                "/x%3Fa?b | b | /x%3Fa?b"
            })
    void aQueryIsForwardedByteForByte(String target, String query, String text) {
        assertThat(good(target).query()).hasValue(query);
        assertThat(good(target).text()).isEqualTo(text);
        assertThat(good(target).path()).doesNotContain("?");
    }

    @Test
    void noQueryIsAnotherThanAnEmptyOne() {
        assertThat(good("/x").query()).isEmpty();
        assertThat(good("/x?").query()).isEqualTo(Optional.of(""));
        assertThat(good("/x")).isNotEqualTo(good("/x?"));
    }

    @Test
    void aPathHasAtMost4096Characters() {
        assertThat(good("/" + "a".repeat(4095)).path()).hasSize(4096);
        assertThat(good("/" + "a".repeat(4095) + "?" + "b".repeat(10)).path()).hasSize(4096);
        assertThat(good("http://api.test/" + "a".repeat(4095)).path()).hasSize(4096);
        assertBad("/" + "a".repeat(4096));
        assertBad("/" + "/".repeat(4096));
        assertBad("/a;" + "b".repeat(4096));
    }

    @Test
    void aTargetHasAtMost16384Characters() {
        assertThat(good("/?" + "b".repeat(16_382)).text()).hasSize(16_384);
        assertBad("/?" + "b".repeat(16_383));
        assertBad("http://api.test/?" + "b".repeat(16_370));
    }

    @Test
    void whatIsForwardedIsBoundedToo() {
        assertThat(good("/" + "^".repeat(1365)).path()).hasSize(4096);
        assertBad("/" + "^".repeat(1366));
        assertThat(good("/^?" + "b".repeat(16_379)).text()).hasSize(16_384);
        assertBad("/^?" + "b".repeat(16_380));
    }

    @Test
    void targetsAreEqualByWhatIsForwarded() {
        assertThat(good("/a/../b?c")).isEqualTo(good("/b?c")).hasSameHashCodeAs(good("/b?c"));
        assertThat(good("/a")).isNotEqualTo(good("/A")).isNotEqualTo("/a");
        assertThat(good("/a").hashCode()).isNotEqualTo(good("/b").hashCode());
        assertThat(good("/%7e?x")).hasToString("/~?x");
    }

    private static void assertBad(String target) {
        assertThat(RequestTarget.of(target, HOST))
                .isEqualTo(new RequestTarget.Read.Bad(PATH_MALFORMED));
    }

    private static RequestTarget good(String target) {
        return good(target, HOST);
    }

    private static RequestTarget good(String target, String authority) {
        return switch (RequestTarget.of(target, authority)) {
            case RequestTarget.Read.Good(var good) -> good;
            case RequestTarget.Read.Bad(var fault) ->
                    throw new AssertionError(target + ": " + fault);
        };
    }
}
