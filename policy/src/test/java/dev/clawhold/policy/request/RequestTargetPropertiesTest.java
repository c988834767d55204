package dev.clawhold.policy.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.content.Utf8;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What holds for every request target, whatever it is made of.
class RequestTargetPropertiesTest {
    private static final long SEED = 52;
    private static final int ROUNDS = 90_000;
    private static final List<String> PARTS =
            List.of(
                    "/",
                    "/",
                    "/",
                    "//",
                    ".",
                    "..",
                    "...",
                    "%2e",
                    "%2E%2e",
                    "%252e",
                    ";",
                    "%3B",
                    "%3b",
                    "%2F",
                    "%2f",
                    "%5C",
                    "%5c",
                    "%252F",
                    "a",
                    "bc",
                    "Z",
                    "~",
                    "%7e",
                    "%41",
                    "%20",
                    "%25",
                    "%",
                    "%4",
                    "%zz",
                    "%00",
                    "%7f",
                    "%c3%a9",
                    "%c3",
                    "%a9",
                    "%c0%ae",
                    "%e2%82%ac",
                    "^",
                    "\"",
                    "|",
                    ":",
                    "@",
                    "=",
                    "+",
                    "?",
                    "&",
                    "\\",
                    "#",
                    " ",
                    "\u00e9");
    private static final String PLAIN =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,=:@";

    @Test
    void aCanonicalTargetIsItsOwnCanonicalForm() {
        var random = new SplittableRandom(SEED);
        int good = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var target = target(random);
            if (RequestTarget.of(target, "h") instanceof RequestTarget.Read.Good(var once)) {
                good++;
                var again = RequestTarget.of(once.text(), "h");
                assertThat(again).as(hint(round, target)).isEqualTo(RequestTarget.of(target, "h"));
                assertThat(again)
                        .as(hint(round, target))
                        .isInstanceOfSatisfying(
                                RequestTarget.Read.Good.class,
                                twice -> {
                                    assertThat(twice.target().text()).isEqualTo(once.text());
                                    assertThat(twice.target().path()).isEqualTo(once.path());
                                    assertThat(twice.target().query()).isEqualTo(once.query());
                                    assertThat(twice.target().encodedSlash())
                                            .isEqualTo(once.encodedSlash());
                                });
            }
        }
        assertThat(good).isGreaterThan(ROUNDS / 10);
    }

    @Test
    void aCanonicalPathHasOneReading() {
        var random = new SplittableRandom(SEED + 1);
        for (int round = 0; round < ROUNDS; round++) {
            var target = target(random);
            if (RequestTarget.of(target, "h") instanceof RequestTarget.Read.Good(var good)) {
                assertOneReading(good, hint(round, target));
            }
        }
    }

    private static void assertOneReading(RequestTarget target, String hint) {
        var path = target.path();
        assertThat(path).as(hint).startsWith("/").doesNotContain("//", ";", "%3B");
        assertThat(target.text()).as(hint).startsWith(path);
        for (var part : path.substring(1).replace("%2F", "/").replace("%5C", "/").split("/", -1)) {
            assertThat(Set.of(".", "..")).as(hint).doesNotContain(part);
        }
        for (int at = 1; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c == '%') {
                var digits = path.substring(at + 1, at + 3);
                assertThat("0123456789ABCDEF")
                        .as(hint)
                        .contains(digits.substring(0, 1), digits.substring(1));
                int value = Integer.parseInt(digits, 16);
                assertThat(value).as(hint).isGreaterThan(31).isNotEqualTo(127);
                assertThat(PLAIN.indexOf(value)).as(hint).isNegative();
                at += 2;
            } else {
                assertThat(PLAIN + "/").as(hint).contains(String.valueOf(c));
            }
        }
        assertThat(Triplets.decode(path, false).flatMap(Utf8::decode)).as(hint).isPresent();
        assertThat(target.encodedSlash())
                .as(hint)
                .isEqualTo(path.contains("%2F") || path.contains("%5C"));
    }

    /// Checked against a slow reading of the four steps, segment by segment.
    @Test
    void plainPathsAreResolvedAsRfc3986Does() {
        var random = new SplittableRandom(SEED + 2);
        var parts = List.of("a", "b", ".", "..", "c;d");
        for (int round = 0; round < ROUNDS / 3; round++) {
            var target = new StringBuilder();
            for (int i = random.nextInt(6); i >= 0; i--) {
                target.append('/').append(parts.get(random.nextInt(parts.size())));
            }
            target.append(random.nextInt(3) == 0 ? "/" : "");
            var expected = resolved(target.toString().replace(";d", ""));
            var actual =
                    RequestTarget.of(target.toString(), "h")
                                    instanceof RequestTarget.Read.Good(var good)
                            ? good.text()
                            : "malformed";
            assertThat(actual).as(hint(round, target.toString())).isEqualTo(expected);
        }
    }

    private static String resolved(String path) {
        var output = new StringBuilder();
        var input = path;
        while (!input.isEmpty()) {
            if (input.startsWith("/./") || input.equals("/.")) {
                input = "/" + input.substring(Math.min(3, input.length()));
            } else if (input.startsWith("/../") || input.equals("/..")) {
                if (output.isEmpty()) {
                    return "malformed";
                }
                input = "/" + input.substring(Math.min(4, input.length()));
                output.setLength(output.lastIndexOf("/"));
            } else {
                int next = input.indexOf('/', 1);
                int end = next < 0 ? input.length() : next;
                output.append(input, 0, end);
                input = input.substring(end);
            }
        }
        return output.toString();
    }

    @Test
    void aQueryIsAnsweredWhateverItHolds() {
        var random = new SplittableRandom(SEED + 3);
        for (int round = 0; round < ROUNDS / 3; round++) {
            var text = target(random);
            var bad = Query.of(text) instanceof Query.Read.Bad;
            if (Query.of(text) instanceof Query.Read.Good(var query)) {
                for (var parameter : query.parameters()) {
                    assertThat(query.values(parameter.getKey()))
                            .as(hint(round, text))
                            .contains(parameter.getValue());
                }
            }
            assertThat(Query.of("a=1&" + text + "&b") instanceof Query.Read.Bad)
                    .as(hint(round, text))
                    .isEqualTo(bad);
        }
    }

    private static String target(SplittableRandom random) {
        var target = new StringBuilder("/");
        for (int i = random.nextInt(10); i > 0; i--) {
            // Bad parts are rarer, so that many a target is good.
            int limit = random.nextInt(4) == 0 ? PARTS.size() : 20;
            target.append(PARTS.get(random.nextInt(limit)));
        }
        return target.toString();
    }

    private static String hint(int round, String target) {
        return "seed " + SEED + ", round " + round + ": " + target;
    }
}
