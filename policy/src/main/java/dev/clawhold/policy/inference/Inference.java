package dev.clawhold.policy.inference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which models there are at `inference.local`, who answers, and how much may be used.
///
/// @param providers by which routes go; others may come from the machine that holds the sandbox
/// @param aliases names of models that stand for others
/// @param routes the first that is for a model decides
/// @param budgets all that count a call must have room for it
/// @param env whether new processes are told the address in their environment
public record Inference(
        List<Provider> providers,
        Map<String, String> aliases,
        List<Route> routes,
        List<Budget> budgets,
        Timeouts timeouts,
        UnknownPrice unknownPrice,
        boolean env) {
    private static final int LONGEST_MODEL = 256;
    private static final Comparator<Funding> STRICTEST_FIRST =
            Comparator.comparingInt((Funding f) -> f instanceof Funding.RateLimited ? 1 : 0)
                    .thenComparingInt(Inference::unit)
                    .thenComparingLong(Inference::left);

    /// What becomes of calls to models without a price.
    public enum UnknownPrice {
        DENY,
        ALLOW,
        /// Denied where a budget in money counts them.
        DENY_IF_BUDGETED
    }

    public Inference {
        providers = List.copyOf(providers);
        aliases = Map.copyOf(aliases);
        routes = List.copyOf(routes);
        budgets = List.copyOf(budgets);
    }

    /// Providers and routes alone.
    public static Inference of(List<Provider> providers, List<Route> routes) {
        return new Inference(
                providers,
                Map.of(),
                routes,
                List.of(),
                Timeouts.DEFAULT,
                UnknownPrice.DENY_IF_BUDGETED,
                true);
    }

    /// The same with the providers of the machine's own store; those defined here come first.
    public Inference withStored(List<Provider> stored) {
        var all = new ArrayList<>(providers);
        all.addAll(stored);
        return new Inference(all, aliases, routes, budgets, timeouts, unknownPrice, env);
    }

    public Optional<Provider> provider(String name) {
        return providers.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    public boolean hasMoneyBudget() {
        return budgets.stream().anyMatch(Budget::isMoney);
    }

    /// Where a call goes.
    ///
    /// @param method in capitals
    /// @param path in canonical form, without query
    /// @param model that the body names; one in the path comes first
    public Routing route(String method, String path, Optional<String> model) {
        var call = ApiCall.of(method, path);
        if (call.isEmpty()) {
            return new Routing.EndpointNotSupported();
        }
        var protocol = call.get().protocol();
        return call.get().own()
                ? new Routing.Own(protocol)
                : call.get()
                        .model()
                        .or(() -> model)
                        .filter(name -> !name.isEmpty() && name.length() <= LONGEST_MODEL)
                        .map(name -> route(protocol, aliases.getOrDefault(name, name)))
                        .orElseGet(Routing.ModelMissing::new);
    }

    private Routing route(ApiProtocol protocol, String model) {
        var route = routes.stream().filter(r -> r.model().matches(model)).findFirst();
        if (route.isEmpty()) {
            return new Routing.ModelNotAllowed(model);
        }
        var hops =
                route.get().to().stream()
                        .flatMap(target -> hop(target, protocol, model).stream())
                        .toList();
        return hops.isEmpty()
                ? new Routing.NoCompatibleRoute(route.get(), protocol)
                : new Routing.Routed(protocol, route.get(), hops);
    }

    private Optional<Routing.Hop> hop(Route.Target target, ApiProtocol protocol, String model) {
        return provider(target.provider())
                .filter(provider -> provider.protocols().contains(protocol))
                .map(provider -> new Routing.Hop(target, provider, target.model().orElse(model)));
    }

    /// Whether budgets leave room for a call. Where several do not, the one that stops comes before
    /// the one that makes wait, and of one unit the tightest is named.
    public Funding fund(Routing.Hop hop, WorstCase worst, Spending spending, Instant now) {
        var counting =
                budgets.stream()
                        .filter(b -> b.countsFor(hop.provider().name(), hop.model()))
                        .toList();
        if (worst.microUsd().isEmpty() && needsPrice(counting)) {
            return new Funding.PriceUnknown();
        }
        return counting.stream()
                .map(budget -> fund(budget, worst.in(budget.limit()), spending.used(budget, now)))
                .filter(funding -> !(funding instanceof Funding.Funded))
                .min(STRICTEST_FIRST)
                .orElseGet(Funding.Funded::new);
    }

    private boolean needsPrice(List<Budget> counting) {
        return switch (unknownPrice) {
            case DENY -> true;
            case ALLOW -> false;
            case DENY_IF_BUDGETED -> counting.stream().anyMatch(Budget::isMoney);
        };
    }

    private static Funding fund(Budget budget, long needed, long used) {
        long limit = budget.limit().number();
        // what costs nothing is never stopped, not even by a budget that was overrun
        if (needed == 0 || needed <= limit - used) {
            return new Funding.Funded();
        }
        // what is bigger than the whole limit never fits, however long the client waits
        return budget.isRate() && needed <= limit
                ? new Funding.RateLimited(budget, used, needed)
                : new Funding.BudgetExceeded(budget, used, needed);
    }

    private static int unit(Funding funding) {
        return switch (funding) {
            case Funding.BudgetExceeded(var budget, _, _) -> unit(budget.limit());
            case Funding.RateLimited(var budget, _, _) -> unit(budget.limit());
            case Funding.Funded _, Funding.PriceUnknown _ -> 0;
        };
    }

    private static int unit(Budget.Amount amount) {
        return switch (amount) {
            case Budget.Amount.Money _ -> 1;
            case Budget.Amount.Tokens _ -> 2;
            case Budget.Amount.Requests _ -> 3;
        };
    }

    private static long left(Funding funding) {
        return switch (funding) {
            case Funding.BudgetExceeded(var budget, long used, _) -> budget.limit().number() - used;
            case Funding.RateLimited(var budget, long used, _) -> budget.limit().number() - used;
            case Funding.Funded _, Funding.PriceUnknown _ -> 0;
        };
    }
}
