package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every preset in `policies/` and the cases beside it. Connections are judged here; the requests
/// on them only as far as their connection is inspected.
class PresetFilesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Set<String> KEYS =
            Set.of(
                    "binary", "below", "to", "method", "path", "headers", "body", "upgrade", "text",
                    "is");

    private final List<Preset> presets;

    PresetFilesTest() throws IOException {
        presets = Preset.all();
    }

    @Test
    void thePresetsAreThereAndEachHasItsCases() throws IOException {
        assertThat(presets)
                .extracting(Preset::name)
                .contains("default", "npm", "github-read")
                .isEqualTo(Preset.namesWithCases());
    }

    @TestFactory
    Stream<DynamicTest> aPresetIsReadWithoutAWord() {
        return each(preset -> {
            assertThat(preset.parsed()).isInstanceOf(Parsed.Valid.class);
            if (preset.parsed() instanceof Parsed.Valid(_, var warnings)) {
                assertThat(warnings).filteredOn(w -> w.code() != Code.W24).isEmpty();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aPresetIsCalledAsItsFileAndSaysWhatItIsFor() {
        return each(preset -> {
            assertThat(preset.header()).containsOnlyKeys("name", "description");
            assertThat(preset.header().get("name")).isEqualTo(preset.name());
            assertThat(String.valueOf(preset.header().get("description")))
                    .hasSizeBetween(20, 80)
                    .doesNotEndWith(".");
            assertThat(preset.casesOf()).isEqualTo(preset.name());
        });
    }

    @TestFactory
    Stream<DynamicTest> casesAreWrittenAsTheyAreRead() {
        var codes = Arrays.stream(ReasonCode.values()).map(ReasonCode::code).toList();
        return each(preset ->
                assertThat(preset.cases())
                        .hasSizeGreaterThanOrEqualTo(6)
                        .allSatisfy(line -> {
                            assertThat(KEYS).containsAll(line.line().keySet());
                            assertThat(line.isRequest()).isEqualTo(line.line().containsKey("path"));
                            assertThat(line.isAccepted() || codes.contains(line.is())).isTrue();
                        }));
    }

    @TestFactory
    Stream<DynamicTest> casesShowWhatIsGrantedAndWhatIsNot() {
        return each(preset -> {
            boolean grants =
                    preset.policy().egress().rules().stream()
                            .anyMatch(rule -> rule.effect() != Rule.Effect.DENY);
            assertThat(preset.accepted().findAny().isPresent()).isEqualTo(grants);
            assertThat(preset.cases()).anyMatch(line -> !line.isAccepted());
        });
    }

    @TestFactory
    Stream<DynamicTest> connectionsGetTheirVerdicts() {
        return presets.stream()
                .flatMap(preset -> {
                    var policy = preset.policy();
                    return preset.cases().stream()
                            .map(line ->
                                    dynamicTest(
                                            preset.name() + " " + line,
                                            () ->
                                                    assertThat(told(policy, line))
                                                            .isEqualTo(line.atConnect())));
                });
    }

    @TestFactory
    Stream<DynamicTest> noRuleAndNoInspectedEndpointIsWithoutACase() {
        return each(preset -> {
            var policy = preset.policy();
            var verdicts = preset.cases().stream().map(line -> verdict(policy, line)).toList();
            var rules = policy.egress().rules();
            assertThat(verdicts.stream().flatMap(PresetFilesTest::deciders))
                    .containsAll(rules.stream().map(Rule::id).toList());
            assertThat(verdicts.stream().flatMap(PresetFilesTest::parts).map(HttpRules.Part::line))
                    .containsAll(
                            rules.stream()
                                    .flatMap(rule -> rule.endpoints().stream())
                                    .filter(Endpoint.Inspected.class::isInstance)
                                    .map(Endpoint::line)
                                    .collect(Collectors.toSet()));
        });
    }

    private Stream<DynamicTest> each(Consumer<Preset> test) {
        return presets.stream()
                .map(preset -> dynamicTest(preset.name(), () -> test.accept(preset)));
    }

    private static Verdict verdict(Policy policy, PresetCase line) {
        return policy.decide(line.connection(), NOW);
    }

    private static String told(Policy policy, PresetCase line) {
        return switch (verdict(policy, line)) {
            case Verdict.Allow _ -> "allow";
            case Verdict.Inspect _ -> "inspect";
            case Verdict.Ask _ -> "ask";
            case Verdict.Deny(var reason) -> reason.code().code();
        };
    }

    private static Stream<RuleId> deciders(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allow(var rule, _) -> Stream.of(rule);
            case Verdict.Inspect _ -> parts(verdict).map(part -> part.rule().id());
            case Verdict.Ask(var rule) -> Stream.of(rule);
            case Verdict.Deny(var reason) ->
                    reason.code() == ReasonCode.DENIED_BY_RULE
                            ? reason.rule().stream()
                            : Stream.empty();
        };
    }

    private static Stream<HttpRules.Part> parts(Verdict verdict) {
        return verdict instanceof Verdict.Inspect(_, var http)
                ? http.parts().stream()
                : Stream.empty();
    }
}
