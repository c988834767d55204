package dev.clawhold.policy;

import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Host;
import java.util.List;
import java.util.Optional;

/// The dynamic part of a policy: what may go out. A reload can replace it.
///
/// @param rules in file order
/// @param middlewares hosts whose traffic has to pass something before it goes out
/// @param inference whether the policy routes models
/// @param invalidDeniesAll whether an invalid successor of this policy cuts everything off
public record Egress(
        List<Rule> rules,
        List<Middleware> middlewares,
        boolean inference,
        boolean invalidDeniesAll) {

    /// What has to see the traffic of some hosts.
    ///
    /// @param known whether this build could ever run it
    /// @param passWithout whether traffic may go out where it cannot run
    public record Middleware(
            String key,
            List<Glob> include,
            List<Glob> exclude,
            boolean known,
            boolean passWithout) {
        public Middleware {
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }

        boolean covers(Host host) {
            var text = host.text();
            return include.stream().anyMatch(glob -> glob.matches(text))
                    && exclude.stream().noneMatch(glob -> glob.matches(text));
        }
    }

    /// Nothing may go out.
    public static final Egress NONE = new Egress(List.of(), List.of(), false, false);

    public Egress {
        rules = List.copyOf(rules);
        middlewares = List.copyOf(middlewares);
    }

    /// The denial of a host whose traffic would have to pass what cannot run.
    Optional<Verdict> throughMiddlewares(Host host, RuleId rule) {
        for (int i = 0; i < middlewares.size(); i++) { // an iterator would be allocated
            var middleware = middlewares.get(i);
            if ((middleware.known() || !middleware.passWithout()) && middleware.covers(host)) {
                var code =
                        middleware.known()
                                ? ReasonCode.FEATURE_UNAVAILABLE
                                : ReasonCode.MIDDLEWARE_UNAVAILABLE;
                return Optional.of(new Verdict.Deny(Reason.of(code, rule)));
            }
        }
        return Optional.empty();
    }

    /// Those that the traffic of a host has to pass.
    List<Middleware> middlewaresOver(Host host) {
        return middlewares.stream().filter(middleware -> middleware.covers(host)).toList();
    }

    Egress withRules(List<Rule> others) {
        return new Egress(others, middlewares, inference, invalidDeniesAll);
    }

    /// Rules and nothing else.
    public static Egress of(List<Rule> rules) {
        return new Egress(rules, List.of(), false, false);
    }
}
