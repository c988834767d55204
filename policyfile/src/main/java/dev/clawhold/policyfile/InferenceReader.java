package dev.clawhold.policyfile;

import dev.clawhold.policy.inference.Budget;
import dev.clawhold.policy.inference.Inference;
import dev.clawhold.policy.inference.Inference.UnknownPrice;
import dev.clawhold.policy.inference.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `inference`.
record InferenceReader(Problems problems) {
    private static final List<String> KEYS =
            List.of(
                    "providers",
                    "aliases",
                    "routes",
                    "budgets",
                    "timeouts",
                    "unknown_price",
                    "env");
    private static final List<String> BUDGET_KEYS =
            List.of("scope", "limit", "then", "warn", "provider", "model");

    /// How models are routed; empty where the policy does not.
    Optional<Inference> read(Optional<Node> node) {
        return node.flatMap(n -> Section.of(n, "inference", "`inference`", problems, KEYS))
                .map(this::read);
    }

    private Inference read(Section inference) {
        problems.unavailable(inference.place(), "`inference`");
        var providers = new ProvidersReader(problems).read(fields(inference, "providers"));
        var aliases = aliases(inference);
        var routes = new RoutesReader(problems, providers);
        return new Inference(
                List.copyOf(providers.values()),
                aliases,
                routes.read(inference),
                budgets(inference, routes),
                timeouts(inference),
                inference
                        .choice(
                                "unknown_price",
                                Map.of("deny", UnknownPrice.DENY, "allow", UnknownPrice.ALLOW))
                        .orElse(UnknownPrice.DENY_IF_BUDGETED),
                inference.bool("env", true));
    }

    private List<Node.Field> fields(Section inference, String key) {
        return inference
                .get(key)
                .flatMap(node -> Section.map(node, key, problems))
                .map(Section::fields)
                .orElse(List.of());
    }

    private Map<String, String> aliases(Section inference) {
        var aliases = new HashMap<String, String>();
        for (var field : fields(inference, "aliases")) {
            inference
                    .scalar(field.value(), "an alias", "the name of a model")
                    .ifPresent(model -> aliases.put(field.key().text(), model.text()));
        }
        return aliases;
    }

    private List<Budget> budgets(Section inference, RoutesReader routes) {
        var reader = new BudgetReader(problems, new PatternReader(problems), routes::named);
        var budgets = new ArrayList<Budget>();
        for (var item : inference.items("budgets")) {
            Section.of(item, "a budget", "a budget", problems, BUDGET_KEYS)
                    .flatMap(reader::read)
                    .ifPresent(budgets::add);
        }
        return budgets;
    }

    private static Timeouts timeouts(Section inference) {
        var usual = Timeouts.DEFAULT;
        var keys = List.of("connect", "first_byte", "idle", "total");
        return inference
                .section("timeouts", "`timeouts`", keys)
                .map(t ->
                        new Timeouts(
                                span(t, "connect", usual.connect()),
                                span(t, "first_byte", usual.firstByte()),
                                span(t, "idle", usual.idle()),
                                span(t, "total", usual.total())))
                .orElse(usual);
    }

    private static Duration span(Section timeouts, String key, Duration usual) {
        var expected = "a duration above zero such as `10s`";
        var scalar = timeouts.scalar(key, expected);
        var span = scalar.flatMap(s -> Values.duration(s.text())).filter(Duration::isPositive);
        if (scalar.isPresent() && span.isEmpty()) {
            timeouts.wrongType(scalar.get(), key, expected);
        }
        return span.orElse(usual);
    }
}
