package dev.clawhold.policyfile;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `inference`. All of it is checked; this build keeps only that it is there.
final class InferenceReader {
    private static final int MOST_ROUTES = 64;
    private static final List<String> KEYS =
            List.of(
                    "providers",
                    "aliases",
                    "routes",
                    "budgets",
                    "timeouts",
                    "unknown_price",
                    "env");
    private static final List<String> KINDS =
            List.of(
                    "openai",
                    "anthropic",
                    "google",
                    "aws-bedrock",
                    "nvidia",
                    "deepinfra",
                    "openrouter",
                    "mistral",
                    "groq",
                    "ollama",
                    "lmstudio",
                    "vllm",
                    "nim",
                    "openai-compatible");
    private static final Set<String> LOCAL = Set.of("ollama", "lmstudio", "vllm", "nim");

    private final Problems problems;
    private final PatternReader patterns;
    private final Set<String> local = new HashSet<>();

    InferenceReader(Problems problems) {
        this.problems = problems;
        this.patterns = new PatternReader(problems);
    }

    /// Whether the policy routes models.
    boolean read(Optional<Node> node) {
        node.flatMap(n -> Section.of(n, "inference", "`inference`", problems, KEYS))
                .ifPresent(this::check);
        return node.isPresent();
    }

    private void check(Section inference) {
        problems.unavailable(inference.place(), "`inference`");
        map(inference, "providers").forEach(this::provider);
        for (var alias : map(inference, "aliases")) {
            inference.scalar(alias.value(), "an alias", "the name of a model");
        }
        var routes = inference.items("routes");
        inference.bound("routes", routes.size(), MOST_ROUTES);
        var seen = new HashSet<String>();
        for (var route : routes) {
            Section.of(route, "a route", "a route", problems, List.of("model", "to"))
                    .ifPresent(section -> route(section, seen));
        }
        var budgetKeys = List.of("scope", "limit", "then", "warn", "provider", "model");
        for (var budget : inference.items("budgets")) {
            Section.of(budget, "a budget", "a budget", problems, budgetKeys)
                    .ifPresent(this::budget);
        }
        timeouts(inference);
        inference.choice("unknown_price", Map.of("deny", 0, "allow", 1));
        inference.bool("env");
    }

    private List<Node.Field> map(Section inference, String key) {
        return inference
                .get(key)
                .flatMap(node -> Section.map(node, key, problems))
                .map(Section::fields)
                .orElse(List.of());
    }

    private void provider(Node.Field field) {
        var keys =
                List.of(
                        "kind",
                        "credential",
                        "base_url",
                        "region",
                        "protocols",
                        "include_usage",
                        "capture");
        var section = Section.of(field.value(), "a provider", "a provider", problems, keys);
        if (section.isEmpty()) {
            return;
        }
        var provider = section.get();
        if (!provider.has("kind")) {
            problems.add(provider.place(), Code.E06, "kind is missing");
        }
        var kind = provider.scalar("kind", "a kind of provider");
        if (kind.isPresent() && !KINDS.contains(kind.get().text())) {
            provider.notOneOf(kind.get(), "kind", KINDS);
        }
        if (kind.map(k -> LOCAL.contains(k.text())).orElse(false)) {
            local.add(field.key().text());
        }
        provider.text("credential");
        provider.text("base_url");
        provider.text("region");
        provider.texts("protocols");
        provider.bool("include_usage");
        provider.get("capture");
    }

    private void route(Section route, Set<String> seen) {
        if (!route.has("model")) {
            problems.add(route.place(), Code.E06, "model is missing");
        }
        route.scalar("model", "a pattern")
                .ifPresent(model -> {
                    var _ = patterns.value(model);
                    if (seen.contains("*") || !seen.add(model.text())) {
                        problems.add(
                                model.place(),
                                Code.W20,
                                "an earlier route covers " + Quote.of(model.text()));
                    }
                });
        if (!route.has("to")) {
            problems.add(route.place(), Code.E06, "to is missing");
        }
        var targets = route.items("to");
        if (route.get("to").filter(n -> n instanceof Node.Items && targets.isEmpty()).isPresent()) {
            problems.add(route.valuePlace("to"), Code.E08, "to is empty: nothing could answer");
        }
        boolean stays = false;
        for (var node : targets) {
            var keys = List.of("provider", "model", "leave_host");
            var target = Section.of(node, "a target", "a target", problems, keys);
            stays |= target.map(t -> target(t)).orElse(false);
            if (stays && target.isPresent()) {
                checkLeaving(target.get());
            }
        }
    }

    /// Whether the target stays on this machine.
    private boolean target(Section target) {
        if (!target.has("provider")) {
            problems.add(target.place(), Code.E06, "provider is missing");
        }
        target.text("model");
        return target.text("provider").map(local::contains).orElse(false);
    }

    private void checkLeaving(Section target) {
        boolean leaves = !target.text("provider").map(local::contains).orElse(true);
        if (leaves && !target.bool("leave_host", false)) {
            problems.add(
                    target.place(),
                    Code.E15,
                    "a remote target behind a local one needs `leave_host: true`");
        }
    }

    private void budget(Section budget) {
        for (var key : List.of("scope", "limit")) {
            if (!budget.has(key)) {
                problems.add(budget.place(), Code.E06, key + " is missing");
            }
        }
        budget.choice("scope", Map.of("sandbox", 0, "agent", 1, "fleet", 2));
        budget.choice("then", Map.of("stop", 0, "ask", 1));
        budget.text("provider");
        budget.text("model");
        for (var percent : budget.items("warn")) {
            budget.whole(percent, "an item of warn", 1, 100);
        }
        budget.scalar("limit", "an amount such as `5 USD/day`").ifPresent(this::limit);
    }

    /// `5 USD/day`, `400000 tokens/min`, `60 requests/min`.
    private void limit(Node.Scalar limit) {
        var parts = limit.text().split("[ /]", -1);
        boolean good =
                parts.length == 3
                        && Values.number(new Node.Scalar(parts[0], true, limit.place())).isPresent()
                        && List.of("USD", "tokens", "requests").contains(parts[1])
                        && Values.PERIODS.containsKey(parts[2]);
        if (!good) {
            problems.add(
                    limit.place(),
                    Code.E22,
                    Quote.of(limit.text()) + " is not a budget",
                    "write for example `5 USD/day` or `400000 tokens/min`");
        }
    }

    private void timeouts(Section inference) {
        var keys = List.of("connect", "first_byte", "idle", "total");
        var timeouts = inference.section("timeouts", "`timeouts`", keys);
        for (var key : keys) {
            var scalar = timeouts.flatMap(t -> t.scalar(key, "a duration such as `10s`"));
            if (scalar.isPresent() && Values.duration(scalar.get().text()).isEmpty()) {
                timeouts.orElseThrow().wrongType(scalar.get(), key, "a duration such as `10s`");
            }
        }
    }
}
