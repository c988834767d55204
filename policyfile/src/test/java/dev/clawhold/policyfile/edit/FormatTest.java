package dev.clawhold.policyfile.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.clawhold.policyfile.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Every case of `corpus/fmt.yaml`, and what is not formatted.
class FormatTest {

    @TestFactory
    Stream<DynamicTest> textsGetTheirLayout() throws IOException {
        return cases("fmt.yaml")
                .map(line ->
                        DynamicTest.dynamicTest(
                                String.valueOf(line.get("name")), () -> check(line)));
    }

    private static void check(Map<String, Object> line) {
        var text = String.valueOf(line.get("text"));
        var expected = String.valueOf(line.getOrDefault("is", text));
        assertThat(formatted(text)).isEqualTo(expected);
        assertThat(formatted(expected)).as("formatted again").isEqualTo(expected);
    }

    @Test
    void whatCannotBeReadIsNotFormatted() {
        assertThat(PolicyFormat.format("p.yaml", content("version: [1\n")))
                .isInstanceOfSatisfying(
                        PolicyFormat.Formatted.Invalid.class,
                        invalid ->
                                assertThat(invalid.problems().getFirst().toString())
                                        .startsWith("p.yaml:1:10: not valid YAML"));
    }

    @Test
    void whatHasNoMeaningIsFormattedAllTheSame() {
        assertThat(formatted("zzz:   {a:   'b'}\nversion: 2"))
                .isEqualTo("version: 2\nzzz: {a: b}\n");
    }

    static String formatted(String text) {
        return switch (PolicyFormat.format("p.yaml", content(text))) {
            case PolicyFormat.Formatted.Text(var formatted) ->
                    new String(formatted.bytes(), StandardCharsets.UTF_8);
            case PolicyFormat.Formatted.Invalid(var problems) -> fail("%s", problems);
        };
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked") // the YAML library gives maps with text keys for these files
    static Stream<Map<String, Object>> cases(String name) throws IOException {
        try (var in = FormatTest.class.getResourceAsStream("/corpus/" + name)) {
            var text =
                    new String(
                            Optional.ofNullable(in).orElseThrow().readAllBytes(),
                            StandardCharsets.UTF_8);
            var root =
                    (Map<String, Object>)
                            new Load(LoadSettings.builder().build()).loadFromString(text);
            var cases = (List<Map<String, Object>>) root.get("cases");
            return Optional.ofNullable(cases).orElseThrow().stream();
        }
    }
}
