package dev.clawhold.policy.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.inference.Budget.Amount;
import dev.clawhold.policy.inference.Budget.Scope;
import dev.clawhold.policy.inference.Budget.Then;
import dev.clawhold.policy.inference.Inference.UnknownPrice;
import dev.clawhold.policy.limit.Period;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Provider CLAUDE = Provider.of("claude", ProviderKind.ANTHROPIC);
    private static final Provider LOCAL = Provider.of("local", ProviderKind.OLLAMA);

    @Nested
    class Routes {
        private final Inference models =
                new Inference(
                        List.of(CLAUDE, LOCAL),
                        Map.of("default", "claude-x", "loop", "default"),
                        List.of(
                                route("claude-*", "local", "claude"),
                                route("qwen3", "store", "local"),
                                route("q*", "claude")),
                        List.of(),
                        Timeouts.DEFAULT,
                        UnknownPrice.ALLOW,
                        true);

        @Test
        void theFirstRouteForTheModelDecides() {
            assertThat(posted("/api/chat", "qwen3")).isEqualTo("local qwen3");
            assertThat(posted("/api/chat", "q4")).isEqualTo("no_compatible_route");
            assertThat(posted("/api/chat", "Qwen3")).isEqualTo("model_not_allowed Qwen3");
        }

        @Test
        void targetsThatDoNotSpeakTheProtocolAreLeftOut() {
            assertThat(posted("/v1/messages", "claude-x")).isEqualTo("claude claude-x");
            assertThat(posted("/v1/chat/completions", "claude-x")).isEqualTo("local claude-x");
            assertThat(posted("/v1/responses", "claude-x")).isEqualTo("no_compatible_route");
        }

        @Test
        void targetsStayInTheirOrder() {
            var both =
                    Inference.of(
                            List.of(
                                    LOCAL,
                                    Provider.of("other", ProviderKind.VLLM),
                                    Provider.of("groq", ProviderKind.GROQ)),
                            List.of(route("*", "groq", "other", "local")));
            assertThat(both.route("POST", "/v1/chat/completions", Optional.of("m")))
                    .isInstanceOfSatisfying(
                            Routing.Routed.class,
                            routed ->
                                    assertThat(routed.hops())
                                            .extracting(hop -> hop.provider().name())
                                            .containsExactly("groq", "other", "local"));
        }

        @Test
        void aTargetMayAskForAnotherModel() {
            var target = new Route.Target("claude", Optional.of("claude-small"), false);
            var inference =
                    Inference.of(
                            List.of(CLAUDE), List.of(new Route(glob("*"), List.of(target), 7)));
            assertThat(told(inference, "POST", "/v1/messages", "claude-x"))
                    .isEqualTo("claude claude-small");
        }

        @Test
        void anAliasIsReplacedOnce() {
            assertThat(posted("/v1/messages", "default")).isEqualTo("claude claude-x");
            assertThat(posted("/v1/messages", "loop")).isEqualTo("model_not_allowed default");
        }

        @Test
        void aProviderOfTheStoreAnswersOnceItIsKnown() {
            var stored = models.withStored(List.of(Provider.of("store", ProviderKind.VLLM)));
            assertThat(told(stored, "POST", "/v1/completions", "qwen3")).isEqualTo("store qwen3");
            assertThat(posted("/v1/completions", "qwen3")).isEqualTo("local qwen3");
        }

        @Test
        void oneDefinedHereComesBeforeOneOfTheStore() {
            var stored = models.withStored(List.of(Provider.of("claude", ProviderKind.OPENAI)));
            assertThat(stored.provider("claude")).contains(CLAUDE);
        }

        @Test
        void aModelHasToBeNamed() {
            assertThat(models.route("POST", "/v1/messages", Optional.empty()))
                    .isEqualTo(new Routing.ModelMissing());
            assertThat(posted("/v1/messages", "")).isEqualTo("model_missing");
            assertThat(posted("/v1/messages", "x".repeat(257))).isEqualTo("model_missing");
            assertThat(posted("/v1/messages", "x".repeat(256))).startsWith("model_not_allowed");
        }

        private String posted(String path, String model) {
            return InferenceTest.told(models, "POST", path, model);
        }
    }

    @Nested
    class Endpoints {

        @ParameterizedTest
        @CsvSource({
            "POST, /v1/chat/completions, OPENAI_CHAT",
            "POST, /chat/completions, OPENAI_CHAT",
            "POST, /v1/completions, OPENAI_COMPLETIONS",
            "POST, /v1/responses, OPENAI_RESPONSES",
            "POST, /v1/embeddings, OPENAI_EMBEDDINGS",
            "POST, /v1/messages, ANTHROPIC_MESSAGES",
            "POST, /v1/messages/count_tokens, ANTHROPIC_COUNT",
            "POST, /v1beta/models/g:generateContent, GEMINI_GENERATE",
            "POST, /v1/models/g:generateContent, GEMINI_GENERATE",
            "POST, /v1beta/models/g:countTokens, GEMINI_GENERATE",
            "POST, /v1beta/models/g:embedContent, GEMINI_GENERATE",
            "POST, /v1beta/models/g:streamGenerateContent, GEMINI_STREAM",
            "POST, /api/chat, OLLAMA_CHAT",
            "POST, /api/generate, OLLAMA_GENERATE",
            "POST, /api/embed, OLLAMA_GENERATE",
            "POST, /model/g/converse, BEDROCK_CONVERSE",
            "POST, /model/g/converse-stream, BEDROCK_STREAM",
        })
        void methodAndPathNameTheProtocol(String method, String path, ApiProtocol protocol) {
            var all =
                    new Provider(
                            "all",
                            ProviderKind.OPENAI_COMPATIBLE,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Set.of(protocol),
                            true,
                            false);
            var inference = Inference.of(List.of(all), List.of(route("g", "all")));
            assertThat(inference.route(method, path, Optional.of("g")))
                    .isInstanceOfSatisfying(
                            Routing.Routed.class,
                            routed -> {
                                assertThat(routed.protocol()).isEqualTo(protocol);
                                assertThat(routed.first().provider()).isEqualTo(all);
                            });
        }

        @ParameterizedTest
        @CsvSource({
            "GET, /v1/models, OPENAI_MODELS",
            "GET, /models, OPENAI_MODELS",
            "GET, /v1/models/x, OPENAI_MODELS",
            "GET, /v1beta/models, GEMINI_GENERATE",
            "GET, /v1beta/models/x, GEMINI_GENERATE",
            "GET, /api/tags, OLLAMA_GENERATE",
            "GET, /api/version, OLLAMA_GENERATE",
        })
        void theRouterAnswersListsItself(String method, String path, ApiProtocol protocol) {
            assertThat(Inference.of(List.of(), List.of()).route(method, path, Optional.empty()))
                    .isEqualTo(new Routing.Own(protocol));
        }

        @ParameterizedTest
        @CsvSource({
            "POST, /v1/y",
            "POST, /",
            "GET, /v1/messages",
            "DELETE, /v1/models/x",
            "GET, /v1/models/x/y",
            "GET, /v1/modelsx",
            "POST, /messages",
            "POST, /v1/files",
            "POST, /model//converse",
            "POST, /model/a/b/converse",
            "POST, /model/a/invoke",
            "POST, /v1beta/models/:generateContent",
            "POST, /v1beta/models/a:other",
        })
        void allElseIsNotSupported(String method, String path) {
            assertThat(
                            Inference.of(List.of(LOCAL), List.of(route("*", "local")))
                                    .route(method, path, Optional.of("m")))
                    .isEqualTo(new Routing.EndpointNotSupported());
        }

        @Test
        void aModelInThePathComesFirstAndIsDecodedOnce() {
            var bedrock = Provider.of("bed", ProviderKind.AWS_BEDROCK);
            var inference = Inference.of(List.of(bedrock), List.of(route("*", "bed")));
            assertThat(told(inference, "POST", "/model/arn%3Aaws%2fx%252F%/converse", "other"))
                    .isEqualTo("bed arn:aws/x%2F%");
            assertThat(told(inference, "POST", "/model/%C3%A4%zz/converse", "other"))
                    .isEqualTo("bed %C3%A4%zz");
        }
    }

    @Nested
    class Budgets {
        private static final Routing.Hop TO_CLAUDE = hop(CLAUDE, "claude-x");

        @Test
        void anExactFitIsFundedAndOneMoreIsNot() {
            var inference = with(UnknownPrice.ALLOW, budget(money(10), Period.DAY));
            assertThat(fund(inference, WorstCase.of(4, 1), 6)).isEqualTo(new Funding.Funded());
            assertThat(fund(inference, WorstCase.of(5, 1), 6))
                    .isEqualTo(new Funding.BudgetExceeded(budget(money(10), Period.DAY), 6, 5));
        }

        @Test
        void whatCostsNothingPassesABudgetThatWasOverrun() {
            var inference = with(UnknownPrice.DENY, budget(money(10), Period.DAY));
            assertThat(fund(inference, WorstCase.free(9), 11)).isEqualTo(new Funding.Funded());
            assertThat(fund(inference, WorstCase.of(1, 9), 11))
                    .isInstanceOf(Funding.BudgetExceeded.class);
        }

        @ParameterizedTest
        @EnumSource(Period.class)
        void shortPeriodsMakeTheClientWait(Period period) {
            boolean waits = period == Period.SECOND || period == Period.MINUTE;
            for (var amount : List.of(new Amount.Tokens(100), new Amount.Requests(100))) {
                assertThat(
                                fund(
                                        with(UnknownPrice.ALLOW, budget(amount, period)),
                                        WorstCase.of(0, 50),
                                        100))
                        .isInstanceOf(
                                waits ? Funding.RateLimited.class : Funding.BudgetExceeded.class);
            }
            assertThat(
                            fund(
                                    with(UnknownPrice.ALLOW, budget(money(1), period)),
                                    WorstCase.of(1, 1),
                                    1))
                    .isInstanceOf(Funding.BudgetExceeded.class);
        }

        @Test
        void whatIsBiggerThanTheWholeLimitNeverFits() {
            var inference = with(UnknownPrice.ALLOW, budget(new Amount.Tokens(100), Period.MINUTE));
            assertThat(fund(inference, WorstCase.of(0, 101), 0))
                    .isInstanceOf(Funding.BudgetExceeded.class);
            assertThat(fund(inference, WorstCase.of(0, 100), 1))
                    .isInstanceOf(Funding.RateLimited.class);
        }

        @Test
        void theTightestIsNamedAndOneThatStopsBeforeOneThatWaits() {
            var requests = budget(new Amount.Requests(1), Period.MINUTE);
            var wide = budget(money(9), Period.DAY);
            var tight = budget(money(5), Period.MONTH);
            var tokens = budget(new Amount.Tokens(1), Period.DAY);
            assertThat(
                            fund(
                                    with(UnknownPrice.DENY, requests, tokens, wide, tight),
                                    WorstCase.of(20, 20),
                                    1))
                    .isEqualTo(new Funding.BudgetExceeded(tight, 1, 20));
            assertThat(fund(with(UnknownPrice.DENY, requests, tokens), WorstCase.of(20, 20), 1))
                    .isEqualTo(new Funding.BudgetExceeded(tokens, 1, 20));
            assertThat(fund(with(UnknownPrice.DENY, requests, wide), WorstCase.of(1, 20), 1))
                    .isEqualTo(new Funding.RateLimited(requests, 1, 1));
        }

        @Test
        void aBudgetCountsOnlyWhatItIsFor() {
            var elsewhere = filtered(Optional.of("local"), Optional.empty());
            var otherModel = filtered(Optional.empty(), Optional.of(glob("gpt-*")));
            var this1 = filtered(Optional.of("claude"), Optional.of(glob("claude-*")));
            var cost = WorstCase.of(1, 1);
            assertThat(fund(with(UnknownPrice.DENY, elsewhere, otherModel), cost, 0))
                    .isEqualTo(new Funding.Funded());
            assertThat(fund(with(UnknownPrice.DENY, elsewhere, this1), cost, 0))
                    .isEqualTo(new Funding.BudgetExceeded(this1, 0, 1));
        }

        @Test
        void anUnknownPriceIsDeniedWhereItMatters() {
            var unpriced = new WorstCase(OptionalLong.empty(), 5);
            var some = budget(money(10), Period.DAY);
            var tokens = budget(new Amount.Tokens(10), Period.DAY);
            assertThat(fund(with(UnknownPrice.DENY), unpriced, 0))
                    .isEqualTo(new Funding.PriceUnknown());
            assertThat(fund(with(UnknownPrice.DENY_IF_BUDGETED, some), unpriced, 0))
                    .isEqualTo(new Funding.PriceUnknown());
            assertThat(fund(with(UnknownPrice.DENY_IF_BUDGETED, tokens), unpriced, 0))
                    .isEqualTo(new Funding.Funded());
            assertThat(fund(with(UnknownPrice.ALLOW, some), unpriced, 10))
                    .isEqualTo(new Funding.Funded());
            assertThat(fund(with(UnknownPrice.ALLOW, tokens), unpriced, 6))
                    .isInstanceOf(Funding.BudgetExceeded.class);
        }

        @ParameterizedTest
        @ValueSource(longs = {Long.MAX_VALUE, 1L << 62})
        void hugeNumbersDoNotWrapAround(long used) {
            var inference = with(UnknownPrice.DENY, budget(money(Long.MAX_VALUE), Period.DAY));
            assertThat(fund(inference, WorstCase.of(Long.MAX_VALUE, 1), used))
                    .isInstanceOf(Funding.BudgetExceeded.class);
        }

        @Test
        void aLimitIsNotNegative() {
            assertThatThrownBy(() -> budget(money(-1), Period.DAY))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        private static Inference with(UnknownPrice unknown, Budget... budgets) {
            return new Inference(
                    List.of(CLAUDE),
                    Map.of(),
                    List.of(),
                    List.of(budgets),
                    Timeouts.DEFAULT,
                    unknown,
                    true);
        }

        private static Funding fund(Inference inference, WorstCase worst, long used) {
            return inference.fund(TO_CLAUDE, worst, (_, _) -> used, NOW);
        }

        private static Routing.Hop hop(Provider provider, String model) {
            var target = new Route.Target(provider.name(), Optional.empty(), false);
            return new Routing.Hop(target, provider, model);
        }

        private static Amount money(long micro) {
            return new Amount.Money(micro);
        }

        private static Budget budget(Amount amount, Period period) {
            return new Budget(
                    Scope.SANDBOX,
                    amount,
                    period,
                    Then.STOP,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    0);
        }

        private static Budget filtered(Optional<String> provider, Optional<Glob> model) {
            return new Budget(
                    Scope.FLEET, money(0), Period.DAY, Then.ASK, List.of(), provider, model, 0);
        }
    }

    @Nested
    class Providers {

        @ParameterizedTest
        @CsvSource({
            "OLLAMA, , true",
            "OPENAI_COMPATIBLE, , false",
            "OPENAI_COMPATIBLE, http://127.0.0.1:8000/v1, true",
            "OPENAI_COMPATIBLE, http://[::1]:8000, true",
            "OPENAI_COMPATIBLE, http://[::1], true",
            "OPENAI_COMPATIBLE, http://localhost, true",
            "OLLAMA, https://llm.example:8443/v1, false",
            "OLLAMA, https://10.0.0.1, false",
            "VLLM, https://localhost.example, false",
        })
        void anAddressOfTheirOwnSaysWhetherTheyStayOnTheMachine(
                ProviderKind kind, String url, boolean local) {
            var plain = Provider.of("p", kind);
            var provider =
                    new Provider(
                            "p",
                            kind,
                            Optional.empty(),
                            Optional.ofNullable(url),
                            Optional.empty(),
                            plain.protocols(),
                            true,
                            false);
            assertThat(provider.isLocal()).isEqualTo(local);
        }

        @ParameterizedTest
        @EnumSource(ProviderKind.class)
        void everyKindSpeaksSomethingAndHasASpelling(ProviderKind kind) {
            assertThat(kind.protocols()).isNotEmpty();
            assertThat(kind.text()).matches("[a-z-]+");
            assertThat(Provider.of("p", kind).isLocal()).isEqualTo(kind.isLocal());
        }
    }

    private static String told(Inference inference, String method, String path, String model) {
        return switch (inference.route(method, path, Optional.of(model))) {
            case Routing.Routed routed ->
                    routed.first().provider().name() + " " + routed.first().model();
            case Routing.Own(var protocol) -> protocol.text();
            case Routing.EndpointNotSupported _ -> "endpoint_not_supported";
            case Routing.ModelMissing _ -> "model_missing";
            case Routing.ModelNotAllowed(var name) -> "model_not_allowed " + name;
            case Routing.NoCompatibleRoute _ -> "no_compatible_route";
        };
    }

    private static Route route(String model, String... providers) {
        var targets =
                List.of(providers).stream()
                        .map(name -> new Route.Target(name, Optional.empty(), false))
                        .toList();
        return new Route(glob(model), targets, 0);
    }

    private static Glob glob(String text) {
        return ((Glob.Read.Good) Glob.read(Glob.Kind.VALUE, text)).glob();
    }
}
