package dev.clawhold.policy.request;

import static dev.clawhold.policy.Fuzz.must;

import dev.clawhold.policy.Fuzz;
import dev.clawhold.policy.content.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Request targets, queries and methods as whatever a client sends.
class RequestTargetFuzzTest {
    private static final String AUTHORITY = "api.test:443";

    static List<Path> inputs() {
        return Fuzz.inputs(RequestTargetFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void whatIsForwardedHasOneReading(Path input) {
        fuzzerTestOneInput(Fuzz.bytes(input));
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        var text = Fuzz.text(bytes);
        Method.of(text)
                .ifPresent(m -> must(Method.of(m.text()).equals(Optional.of(m)), "once", text));
        if (RequestTarget.of(text, AUTHORITY) instanceof RequestTarget.Read.Good(var target)) {
            isCanonical(target, text);
        } else if (text.startsWith("/") && text.length() <= 1_000) {
            var path = text.split("\\?", 2)[0];
            must(!isPlain(text) || canonical(path).isEmpty(), "is refused for a reason", text);
        }
    }

    private static void isCanonical(RequestTarget target, String text) {
        var again = RequestTarget.of(target.text(), AUTHORITY);
        must(again.equals(new RequestTarget.Read.Good(target)), "means itself", text);
        must(target.path().startsWith("/"), "begins at the root", text);
        must(isEncoded(target.path()), "holds nothing else", text);
        must(!target.path().contains("//"), "has no empty segment", text);
        for (var segment : target.path().split("/", -1)) {
            must(!segment.equals(".") && !segment.equals(".."), "has no dot segment", text);
        }
        must(
                target.encodedSlash()
                        == (target.path().contains("%2F") || target.path().contains("%5C")),
                "tells of encoded slashes",
                text);
        int question = text.indexOf('?');
        var query = question < 0 ? "" : text.substring(question);
        must(target.text().equals(target.path() + query), "keeps the query", text);
        int start = text.startsWith("/") ? 0 : text.indexOf("//") + 2 + AUTHORITY.length();
        var path = text.substring(start, question < 0 ? text.length() : question);
        must(canonical(path).equals(Optional.of(target.path())), "is as the reference says", text);
    }

    private static boolean isEncoded(String path) {
        return path.replaceAll("%[0-9A-F]{2}", "").matches("[-A-Za-z0-9._~!$&'()*+,=:@/]*");
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127 && c != '#' && c != '\\');
    }

    /// The form a second time, from the reference: segments of numbers, in which an encoded slash
    /// or backslash is 256 more than its byte.
    private static Optional<String> canonical(String path) {
        var segments = new ArrayList<List<Integer>>(List.of(new ArrayList<>()));
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < path.length(); i++) {
            int unit = path.charAt(i);
            if (unit == '%') {
                if (!path.substring(i + 1).matches("(?s)[0-9A-Fa-f]{2}.*")) {
                    return Optional.empty();
                }
                unit = Integer.parseInt(path.substring(i + 1, i + 3), 16);
                i += 2;
                bytes.write(unit);
                if (unit < 32 || unit == 127) {
                    return Optional.empty();
                }
                segments.getLast().add(unit == '/' || unit == '\\' ? 256 + unit : unit);
            } else if (unit == '/') {
                segments.add(new ArrayList<>());
                bytes.write(unit);
            } else {
                segments.getLast().add(unit);
                bytes.write(unit);
            }
        }
        return Utf8.decode(bytes.toByteArray()).isEmpty() ? Optional.empty() : resolve(segments);
    }

    private static Optional<String> resolve(List<List<Integer>> segments) {
        var kept = new ArrayList<List<Integer>>();
        boolean slash = true;
        for (var whole : segments) {
            int semicolon = whole.indexOf((int) ';');
            var segment = semicolon < 0 ? whole : whole.subList(0, semicolon);
            var text = new StringBuilder();
            segment.forEach(u -> text.append((char) (u > 255 ? '/' : u)));
            slash = text.isEmpty() || text.toString().matches("\\.\\.?");
            if (text.toString().equals("..")) {
                if (kept.isEmpty()) {
                    return Optional.empty();
                }
                kept.removeLast();
            } else if (!slash && hidesDots(text.toString())) {
                return Optional.empty();
            } else if (!slash) {
                kept.add(segment);
            }
        }
        var out = new StringBuilder();
        for (var segment : kept) {
            out.append('/');
            segment.forEach(u -> out.append(encoded(u)));
        }
        return Optional.of(out + (slash || kept.isEmpty() ? "/" : ""));
    }

    private static boolean hidesDots(String text) {
        return List.of(text.split("/", -1)).stream().anyMatch(p -> p.matches("\\.\\.?"));
    }

    private static String encoded(int unit) {
        return Character.toString(unit).matches("[-A-Za-z0-9._~!$&'()*+,=:@]")
                ? Character.toString(unit)
                : "%%%02X".formatted(unit & 255);
    }
}
