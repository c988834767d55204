package dev.clawhold.policy;

import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.inference.Inference;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The dynamic part of a policy: what may go out. A reload can replace it.
///
/// @param rules in file order
/// @param middlewares hosts whose traffic has to pass something before it goes out, in the order in
///   which they run
/// @param inference how calls to models are routed; empty: not at all
/// @param invalidDeniesAll whether an invalid successor of this policy cuts everything off
public record Egress(
        List<Rule> rules,
        List<Middleware> middlewares,
        Optional<Inference> inference,
        boolean invalidDeniesAll) {

    /// What has to see the traffic of some hosts.
    ///
    /// @param order in which it runs among others
    /// @param passWithout whether traffic may go out where it cannot run
    public record Middleware(
            String key,
            int order,
            List<Glob> include,
            List<Glob> exclude,
            Action action,
            boolean passWithout) {

        /// What is done to the traffic.
        public sealed interface Action {
            /// What looks like a secret is replaced.
            record Redact() implements Action {}

            /// Nothing that any build could do.
            ///
            /// @param name by which the policy calls for it
            record Unknown(String name) implements Action {}
        }

        public Middleware {
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }

        /// Whether this build could ever run it.
        public boolean known() {
            return switch (action) {
                case Action.Redact _ -> true;
                case Action.Unknown _ -> false;
            };
        }

        /// Whether the traffic of a host has to pass it.
        public boolean covers(Host host) {
            var text = host.text();
            return include.stream().anyMatch(glob -> glob.matches(text))
                    && exclude.stream().noneMatch(glob -> glob.matches(text));
        }
    }

    /// Nothing may go out.
    public static final Egress NONE = new Egress(List.of(), List.of(), Optional.empty(), false);

    public Egress {
        rules = List.copyOf(rules);
        middlewares =
                middlewares.stream().sorted(Comparator.comparingInt(Middleware::order)).toList();
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
        return new Egress(rules, List.of(), Optional.empty(), false);
    }
}
