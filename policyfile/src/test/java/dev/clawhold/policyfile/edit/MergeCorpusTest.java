package dev.clawhold.policyfile.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.clawhold.policyfile.Content;
import dev.clawhold.policyfile.Merging.Preference;
import dev.clawhold.policyfile.Problem;
import dev.clawhold.policyfile.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of `corpus/merge.yaml`.
class MergeCorpusTest {
    private static final Map<String, String> PRESETS =
            Map.of(
                    "inherited",
                    """
                    preset: {name: inherited}
                    network_policies:
                      inherited: {endpoints: [{host: in.test, port: 443}], binaries: any}
                    """,
                    "other",
                    "preset: {name: other}\n");

    @TestFactory
    Stream<DynamicTest> policiesMerge() throws IOException {
        return FormatTest.cases("merge.yaml")
                .map(line ->
                        DynamicTest.dynamicTest(
                                String.valueOf(line.get("name")), () -> check(line)));
    }

    private static void check(Map<String, Object> line) {
        var base = String.valueOf(line.get("base"));
        var adds = new ArrayList<String>();
        if (line.get("add") instanceof List<?> list) {
            list.forEach(add -> adds.add(String.valueOf(add)));
        } else {
            adds.add(String.valueOf(line.get("add")));
        }
        var preference =
                Preference.valueOf(
                        String.valueOf(line.getOrDefault("prefer", "none"))
                                .toUpperCase(Locale.ROOT));
        switch (merge(base, adds, preference)) {
            case PolicyMerge.Merged.Text(var text) -> {
                var expected = String.valueOf(line.get("is"));
                assertThat(text(text)).isEqualTo(expected.equals("base") ? base : expected);
                assertThat(merge(text(text), adds, preference))
                        .isInstanceOfSatisfying(
                                PolicyMerge.Merged.Text.class,
                                again -> assertThat(text(again.text())).isEqualTo(text(text)));
            }
            case PolicyMerge.Merged.Conflicts(var problems) ->
                    assertThat(told(problems)).isEqualTo(line.get("conflicts"));
            case PolicyMerge.Merged.Invalid(var problems) ->
                    assertThat(told(problems)).isEqualTo(line.get("invalid"));
        }
    }

    static PolicyMerge.Merged merge(String base, List<String> adds, Preference preference) {
        return PolicyMerge.merge(
                input("base.yaml", base),
                adds.stream().map(add -> input("add.yaml", add)).toList(),
                preference,
                new Presets());
    }

    static String merged(String base, String add) {
        return switch (merge(base, List.of(add), Preference.NONE)) {
            case PolicyMerge.Merged.Text(var text) -> text(text);
            case PolicyMerge.Merged.Conflicts(var problems) -> fail("conflicts: %s", problems);
            case PolicyMerge.Merged.Invalid(var problems) -> fail("not valid: %s", problems);
        };
    }

    private static PolicyMerge.Input input(String file, String text) {
        return new PolicyMerge.Input(file, content(text));
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Content content) {
        return new String(content.bytes(), StandardCharsets.UTF_8);
    }

    private static List<String> told(List<Problem> problems) {
        return problems.stream()
                .map(p ->
                        p.file()
                                + ":"
                                + p.line()
                                + ":"
                                + p.column()
                                + " "
                                + p.code()
                                + " "
                                + p.message())
                .toList();
    }

    private static final class Presets implements Sources {
        @Override
        public Found file(String path, String from) {
            return new Found.Absent();
        }

        @Override
        public Found preset(String name) {
            return Optional.ofNullable(PRESETS.get(name))
                    .<Found>map(text -> new Found.Text("preset " + name, content(text)))
                    .orElse(new Found.Absent());
        }
    }
}
