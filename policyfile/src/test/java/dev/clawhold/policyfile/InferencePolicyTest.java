package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.Egress.Middleware;
import dev.clawhold.policy.Egress.Middleware.Action;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.inference.ApiProtocol;
import dev.clawhold.policy.inference.Budget;
import dev.clawhold.policy.inference.Budget.Amount;
import dev.clawhold.policy.inference.Budget.Scope;
import dev.clawhold.policy.inference.Budget.Then;
import dev.clawhold.policy.inference.Funding;
import dev.clawhold.policy.inference.Inference;
import dev.clawhold.policy.inference.Inference.UnknownPrice;
import dev.clawhold.policy.inference.Provider;
import dev.clawhold.policy.inference.ProviderKind;
import dev.clawhold.policy.inference.Route;
import dev.clawhold.policy.inference.Routing;
import dev.clawhold.policy.inference.Spending;
import dev.clawhold.policy.inference.Timeouts;
import dev.clawhold.policy.inference.WorstCase;
import dev.clawhold.policy.limit.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What becomes of `inference` and `network_middlewares`, as whole values.
class InferencePolicyTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String EXAMPLE =
            """
            version: 1
            inference:
              providers: {claude: {kind: anthropic, credential: anthropic-main}, local: {kind: ollama}}
              routes:
                - {model: "claude-*", to: [{provider: claude}]}
                - {model: "qwen*", to: [{provider: local}]}
              budgets:
                - {scope: sandbox, limit: 10 USD/day}
                - {scope: sandbox, limit: 200000 tokens/min}
            """;

    @Test
    void everyKeyIsKept() {
        assertThat(
                        inference(
                                """
                                version: 1
                                inference:
                                  providers:
                                    bed: {kind: aws-bedrock, credential: aws-dev, region: eu-central-1}
                                    corp: {kind: openai-compatible, base_url: "https://llm.example/v1",
                                      protocols: [openai.chat], include_usage: false, capture: true}
                                  aliases: {default: claude-x}
                                  routes:
                                    - {model: "claude-*", to: [{provider: bed, model: m}, {provider: corp, leave_host: true}]}
                                  budgets:
                                    - {scope: agent, limit: 5.25 USD/month, then: ask, warn: [50, 80], provider: bed, model: "c*"}
                                    - {scope: fleet, limit: 60 requests/min}
                                  timeouts: {connect: 1s, first_byte: 2m, idle: 3h, total: 4d}
                                  unknown_price: allow
                                  env: false
                                """))
                .isEqualTo(
                        new Inference(
                                List.of(
                                        new Provider(
                                                "bed",
                                                ProviderKind.AWS_BEDROCK,
                                                Optional.of("aws-dev"),
                                                Optional.empty(),
                                                Optional.of("eu-central-1"),
                                                ProviderKind.AWS_BEDROCK.protocols(),
                                                true,
                                                false),
                                        new Provider(
                                                "corp",
                                                ProviderKind.OPENAI_COMPATIBLE,
                                                Optional.empty(),
                                                Optional.of("https://llm.example/v1"),
                                                Optional.empty(),
                                                Set.of(ApiProtocol.OPENAI_CHAT),
                                                false,
                                                true)),
                                Map.of("default", "claude-x"),
                                List.of(
                                        new Route(
                                                glob(Glob.Kind.VALUE, "claude-*"),
                                                List.of(
                                                        new Route.Target(
                                                                "bed", Optional.of("m"), false),
                                                        new Route.Target(
                                                                "corp", Optional.empty(), true)),
                                                9)),
                                List.of(
                                        new Budget(
                                                Scope.AGENT,
                                                new Amount.Money(5_250_000),
                                                Period.MONTH,
                                                Then.ASK,
                                                List.of(50, 80),
                                                Optional.of("bed"),
                                                Optional.of(glob(Glob.Kind.VALUE, "c*")),
                                                11),
                                        new Budget(
                                                Scope.FLEET,
                                                new Amount.Requests(60),
                                                Period.MINUTE,
                                                Then.STOP,
                                                List.of(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                12)),
                                new Timeouts(
                                        Duration.ofSeconds(1),
                                        Duration.ofMinutes(2),
                                        Duration.ofHours(3),
                                        Duration.ofDays(4)),
                                UnknownPrice.ALLOW,
                                false));
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        assertThat(inference("version: 1\ninference: {}\n"))
                .isEqualTo(Inference.of(List.of(), List.of()));
        assertThat(Corpus.valid("version: 1\n").policy().egress().inference()).isEmpty();
    }

    @Test
    void callsGoWhereTheExampleSays() {
        var models = inference(EXAMPLE);
        assertThat(route(models, "/v1/messages", "claude-x"))
                .isInstanceOfSatisfying(
                        Routing.Routed.class,
                        r -> assertThat(r.first().provider().name()).isEqualTo("claude"));
        assertThat(route(models, "/v1/messages", "gpt-x"))
                .isEqualTo(new Routing.ModelNotAllowed("gpt-x"));
        assertThat(route(models, "/v1/y", "claude-x"))
                .isEqualTo(new Routing.EndpointNotSupported());
        assertThat(route(models, "/v1/messages", "qwen3"))
                .isInstanceOf(Routing.NoCompatibleRoute.class);
    }

    @Test
    void aSpentBudgetStopsWhatCostsAndNothingElse() {
        var models = inference(EXAMPLE);
        Spending allMoney = (budget, _) -> budget.isMoney() ? 10_000_000 : 0;
        assertThat(fund(models, "/v1/messages", "claude-x", WorstCase.of(1, 1_000), allMoney))
                .isEqualTo(new Funding.BudgetExceeded(models.budgets().getFirst(), 10_000_000, 1));
        assertThat(fund(models, "/api/chat", "qwen3", WorstCase.free(1_000), allMoney))
                .isEqualTo(new Funding.Funded());
        assertThat(fund(models, "/v1/messages", "claude-x", WorstCase.of(1, 1_000), Spending.NONE))
                .isEqualTo(new Funding.Funded());
    }

    @Test
    void middlewaresRunInTheirOrder() {
        var text =
                """
                version: 1
                network_middlewares:
                  late: {middleware: clawhold/redact, name: n, order: 7, config: {mode: redact},
                    on_error: fail_open, endpoints: {include: ["*.a.test"], exclude: [x.a.test]}}
                  early: {middleware: mine, order: -1, config: {a: b}, endpoints: {include: [b.test]}}
                """;
        assertThat(Corpus.valid(text).policy().egress().middlewares())
                .containsExactly(
                        new Middleware(
                                "early",
                                -1,
                                List.of(glob(Glob.Kind.HOST, "b.test")),
                                List.of(),
                                new Action.Unknown("mine"),
                                false),
                        new Middleware(
                                "late",
                                7,
                                List.of(glob(Glob.Kind.HOST, "*.a.test")),
                                List.of(glob(Glob.Kind.HOST, "x.a.test")),
                                new Action.Redact(),
                                true));
    }

    private static Routing route(Inference models, String path, String model) {
        return models.route("POST", path, Optional.of(model));
    }

    private static Funding fund(
            Inference models, String path, String model, WorstCase worst, Spending spending) {
        var routed = (Routing.Routed) route(models, path, model);
        return models.fund(routed.first(), worst, spending, NOW);
    }

    private static Inference inference(String text) {
        return Corpus.valid(text).policy().egress().inference().orElseThrow();
    }

    private static Glob glob(Glob.Kind kind, String text) {
        return ((Glob.Read.Good) Glob.read(kind, text)).glob();
    }
}
