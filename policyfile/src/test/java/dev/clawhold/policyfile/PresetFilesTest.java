package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.McpClause;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.clause.RpcClause;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every preset in `policies/` and the cases beside it.
class PresetFilesTest {
    private static final Set<String> KEYS =
            Set.of(
                    "binary", "below", "to", "method", "path", "headers", "body", "type", "upgrade",
                    "text", "is");

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
                            assertThat(line.line().containsKey("method"))
                                    .isEqualTo(line.line().containsKey("path"));
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
    Stream<DynamicTest> casesGetTheirVerdicts() {
        return presets.stream()
                .flatMap(preset -> {
                    var policy = preset.policy();
                    return preset.cases().stream()
                            .map(line ->
                                    dynamicTest(
                                            preset.name() + " " + line,
                                            () ->
                                                    assertThat(line.told(policy).verdict())
                                                            .isEqualTo(line.is())));
                });
    }

    @TestFactory
    Stream<DynamicTest> noRuleAndNoClauseIsWithoutACase() {
        return each(preset -> {
            var policy = preset.policy();
            var rules = policy.egress().rules();
            var told =
                    preset.cases().stream()
                            .filter(line -> line.isAccepted() || line.is().equals("denied_by_rule"))
                            .map(line -> line.told(policy))
                            .toList();
            assertThat(told)
                    .extracting(PresetCase.Told::rule)
                    .containsAll(rules.stream().map(rule -> rule.id().toString()).toList());
            assertThat(told)
                    .extracting(PresetCase.Told::clauseLine)
                    .containsAll(
                            rules.stream()
                                    .flatMap(rule -> rule.endpoints().stream())
                                    .flatMap(PresetFilesTest::clauseLines)
                                    .toList());
        });
    }

    private static Stream<Integer> clauseLines(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Opaque _ -> Stream.empty();
            case Endpoint.Inspected(_, var inspection) ->
                    switch (inspection.protocol()) {
                        case Protocol.Rest(var http) -> lines(http, HttpClause::line);
                        case Protocol.WebSocket(var http, var operations, _) ->
                                Stream.concat(
                                        lines(http, HttpClause::line),
                                        lines(operations, GraphQlClause::line));
                        case Protocol.GraphQl(var operations, _) ->
                                lines(operations, GraphQlClause::line);
                        case Protocol.JsonRpc(var calls, _) -> lines(calls, RpcClause::line);
                        case Protocol.Mcp(var calls, _) -> lines(calls, McpClause::line);
                    };
        };
    }

    private static <C> Stream<Integer> lines(Clauses<C> clauses, Function<C, Integer> line) {
        return Stream.of(clauses.allow(), clauses.ask()).flatMap(List::stream).map(line);
    }

    private Stream<DynamicTest> each(Consumer<Preset> test) {
        return presets.stream()
                .map(preset -> dynamicTest(preset.name(), () -> test.accept(preset)));
    }
}
