package dev.clawhold.policyfile.hash;

import dev.clawhold.policy.content.JsonValue;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.inference.ApiProtocol;
import dev.clawhold.policy.inference.Budget;
import dev.clawhold.policy.inference.Inference;
import dev.clawhold.policy.inference.Provider;
import dev.clawhold.policy.inference.Route;
import dev.clawhold.policy.inference.Timeouts;

/// How models are routed and what they may cost, without lines.
final class NormalInference {
    private NormalInference() {}

    static JsonValue of(Inference inference) {
        return new JsonForm()
                .put("providers", JsonForm.list(inference.providers(), NormalInference::provider))
                .put("aliases", JsonForm.map(inference.aliases(), JsonValue.Text::new))
                .put("routes", JsonForm.list(inference.routes(), NormalInference::route))
                .put("budgets", JsonForm.list(inference.budgets(), NormalInference::budget))
                .put("timeouts", timeouts(inference.timeouts()))
                .put("unknown_price", inference.unknownPrice())
                .put("env", inference.env())
                .value();
    }

    private static JsonValue provider(Provider provider) {
        var protocols = provider.protocols().stream().sorted().map(ApiProtocol::text).toList();
        return new JsonForm()
                .put("name", provider.name())
                .put("kind", provider.kind())
                .put("credential", provider.credential())
                .put("base_url", provider.baseUrl())
                .put("region", provider.region())
                .put("protocols", JsonForm.texts(protocols))
                .put("include_usage", provider.includeUsage())
                .put("capture", provider.capture())
                .value();
    }

    private static JsonValue route(Route route) {
        return new JsonForm()
                .put("model", route.model().toString())
                .put("to", JsonForm.list(route.to(), NormalInference::target))
                .value();
    }

    private static JsonValue target(Route.Target target) {
        return new JsonForm()
                .put("provider", target.provider())
                .put("model", target.model())
                .put("leaves_host", target.leavesHost())
                .value();
    }

    private static JsonValue budget(Budget budget) {
        return new JsonForm()
                .put("scope", budget.scope())
                .put("limit", limit(budget.limit()))
                .put("period", budget.period())
                .put("then", budget.then())
                .put("warn", JsonForm.texts(budget.warn().stream().map(String::valueOf).toList()))
                .put("provider", budget.provider())
                .put("model", budget.model().map(Glob::toString))
                .value();
    }

    private static String limit(Budget.Amount amount) {
        return switch (amount) {
            case Budget.Amount.Money(long microUsd) -> microUsd + " micro USD";
            case Budget.Amount.Tokens(long count) -> count + " tokens";
            case Budget.Amount.Requests(long count) -> count + " requests";
        };
    }

    private static JsonValue timeouts(Timeouts timeouts) {
        return new JsonForm()
                .put("connect", timeouts.connect().toString())
                .put("first_byte", timeouts.firstByte().toString())
                .put("idle", timeouts.idle().toString())
                .put("total", timeouts.total().toString())
                .value();
    }
}
