package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.clawhold.policy.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Reads the files of cases, with the YAML library alone, not with what is under test.
final class Corpus {
    private Corpus() {}

    static Map<String, Object> load(String name) throws IOException {
        try (var in = Corpus.class.getResourceAsStream("/corpus/" + name)) {
            var text =
                    new String(
                            Optional.ofNullable(in).orElseThrow().readAllBytes(),
                            StandardCharsets.UTF_8);
            return asMap(new Load(LoadSettings.builder().build()).loadFromString(text));
        }
    }

    @SuppressWarnings("unchecked") // the YAML library gives maps with text keys for these files
    private static Map<String, Object> asMap(Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return (Map<String, Object>) value;
    }

    static Map<String, Object> map(Map<String, Object> map, String key) {
        return asMap(get(map, key));
    }

    static Stream<Map<String, Object>> maps(Map<String, Object> map, String key) {
        return ((List<?>) get(map, key)).stream().map(Corpus::asMap);
    }

    static Stream<String> texts(Map<String, Object> map, String key) {
        return ((List<?>) get(map, key)).stream().map(String::valueOf);
    }

    static String text(Map<String, Object> map, String key) {
        return String.valueOf(get(map, key));
    }

    private static Object get(Map<String, Object> map, String key) {
        return Optional.ofNullable(map.get(key)).orElseThrow(() -> new AssertionError("no " + key));
    }

    /// The policies of a corpus by their names.
    static Map<String, Policy> policies(Map<String, Object> corpus) {
        return map(corpus, "policies").entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                e -> valid(String.valueOf(e.getValue())).policy()));
    }

    static Parsed parse(String text) {
        return PolicyFile.parse("p.yaml", text.getBytes(StandardCharsets.UTF_8), 1);
    }

    static Parsed.Valid valid(String text) {
        return switch (parse(text)) {
            case Parsed.Valid valid -> valid;
            case Parsed.Invalid(var problems) -> fail("not valid: %s", problems);
        };
    }

    static List<Problem> problems(String text) {
        return switch (parse(text)) {
            case Parsed.Valid(_, var warnings) -> warnings;
            case Parsed.Invalid(var problems) -> problems;
        };
    }
}
