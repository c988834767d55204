package dev.clawhold.policyfile;

import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.inference.Budget;
import dev.clawhold.policy.inference.Budget.Amount;
import dev.clawhold.policy.limit.Period;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One item of `inference.budgets`.
///
/// @param named tells of a provider that is not defined here
record BudgetReader(Problems problems, PatternReader patterns, Consumer<Node.Scalar> named) {
    private static final int MOST_DIGITS = 12;
    private static final int MICRO = 6;
    private static final Map<String, Budget.Scope> SCOPES =
            Map.of(
                    "sandbox", Budget.Scope.SANDBOX,
                    "agent", Budget.Scope.AGENT,
                    "fleet", Budget.Scope.FLEET);
    private static final Map<String, Budget.Then> THEN =
            Map.of("stop", Budget.Then.STOP, "ask", Budget.Then.ASK);

    private record Limit(Amount amount, Period period) {}

    Optional<Budget> read(Section budget) {
        budget.require("scope");
        budget.require("limit");
        var scope = budget.choice("scope", SCOPES);
        var then = budget.choice("then", THEN).orElse(Budget.Then.STOP);
        var provider = budget.scalar("provider", "the name of a provider");
        provider.ifPresent(named);
        Optional<Glob> model = budget.scalar("model", "a pattern").flatMap(patterns::value);
        var warn = warn(budget);
        var limit = budget.scalar("limit", "an amount such as `5 USD/day`").flatMap(this::limit);
        return limit.filter(_ -> scope.isPresent())
                .map(l ->
                        new Budget(
                                scope.get(),
                                l.amount(),
                                l.period(),
                                then,
                                warn,
                                provider.map(Node.Scalar::text),
                                model,
                                budget.place().line()));
    }

    private static List<Integer> warn(Section budget) {
        var levels = new ArrayList<Integer>();
        for (var percent : budget.items("warn")) {
            budget.whole(percent, "an item of warn", 1, 100)
                    .ifPresent(level -> levels.add((int) level));
        }
        return levels;
    }

    /// `5 USD/day`, `400000 tokens/min`, `60 requests/min`.
    private Optional<Limit> limit(Node.Scalar scalar) {
        var text = scalar.text();
        int space = text.indexOf(' ');
        int slash = text.indexOf('/');
        var limit =
                space > 0 && slash > space
                        ? limit(
                                text.substring(0, space),
                                text.substring(space + 1, slash),
                                text.substring(slash + 1))
                        : Optional.<Limit>empty();
        if (limit.isEmpty()) {
            problems.add(
                    scalar.place(),
                    Code.E22,
                    Quote.of(text) + " is not a budget",
                    "write for example `5 USD/day` or `400000 tokens/min`");
        }
        return limit;
    }

    private static Optional<Limit> limit(String number, String unit, String period) {
        Optional<Amount> amount =
                switch (unit) {
                    case "USD" -> number(number, MICRO).map(Amount.Money::new);
                    case "tokens" -> number(number, 0).map(Amount.Tokens::new);
                    case "requests" -> number(number, 0).map(Amount.Requests::new);
                    default -> Optional.empty();
                };
        return amount.flatMap(
                a -> Optional.ofNullable(Values.PERIODS.get(period)).map(p -> new Limit(a, p)));
    }

    /// A decimal as a whole number of its smallest parts; never rounded.
    ///
    /// @param places behind the point that a part has
    private static Optional<Long> number(String text, int places) {
        int point = text.indexOf('.');
        var whole = point < 0 ? text : text.substring(0, point);
        var part = point < 0 ? "" : text.substring(point + 1);
        boolean good =
                !whole.isEmpty()
                        && whole.length() <= MOST_DIGITS
                        && part.length() <= places
                        && (point < 0 || !part.isEmpty())
                        && (whole + part).chars().allMatch(c -> c >= '0' && c <= '9');
        return good
                ? Optional.of(new BigDecimal(text).movePointRight(places).longValueExact())
                : Optional.empty();
    }
}
