package dev.clawhold.policyfile;

import dev.clawhold.policy.Egress.Middleware;
import dev.clawhold.policy.Egress.Middleware.Action;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `network_middlewares`.
final class MiddlewareReader {
    private static final int MOST = 10;
    private static final int MOST_PATTERNS = 32;
    private static final Set<String> BUILT_IN = Set.of("openshell/regex", "clawhold/redact");
    private static final List<String> KEYS =
            List.of("middleware", "name", "order", "config", "on_error", "endpoints");

    private final Problems problems;
    private final List<Rule> rules;
    private final Map<Integer, Place> orders = new HashMap<>();

    /// A reader of a file's middlewares.
    ///
    /// @param rules of the same file
    MiddlewareReader(Problems problems, List<Rule> rules) {
        this.problems = problems;
        this.rules = rules;
    }

    List<Middleware> read(Optional<Node> node) {
        var map = node.flatMap(n -> Section.map(n, "network_middlewares", problems));
        var fields = map.map(Section::fields).orElse(List.of());
        if (fields.size() > MOST) {
            problems.add(map.orElseThrow().place(), Code.E18, "more than 10 middlewares");
        }
        var middlewares = new ArrayList<Middleware>();
        for (var field : fields) {
            Section.of(field.value(), "a middleware", "a middleware", problems, KEYS)
                    .map(section -> read(field.key().text(), section))
                    .ifPresent(middlewares::add);
        }
        return middlewares;
    }

    private Middleware read(String key, Section section) {
        section.require("middleware");
        section.text("name");
        boolean open =
                section.choice("on_error", Map.of("fail_closed", false, "fail_open", true))
                        .orElse(false);
        var endpoints = section.section("endpoints", "`endpoints`", List.of("include", "exclude"));
        if (endpoints.isEmpty() || !endpoints.get().has("include")) {
            problems.add(section.place("endpoints"), Code.E06, "include is missing");
        }
        endpoints.ifPresent(e -> e.refuseEmpty("include", "nothing would be covered"));
        var middleware =
                new Middleware(
                        key,
                        order(section),
                        endpoints.map(e -> hosts(e, "include")).orElse(List.of()),
                        endpoints.map(e -> hosts(e, "exclude")).orElse(List.of()),
                        action(section, open),
                        open);
        if (!open) {
            checkUnread(section, middleware);
        }
        return middleware;
    }

    private Action action(Section section, boolean open) {
        var name = section.text("middleware");
        if (name.map(BUILT_IN::contains).orElse(false)) {
            problems.unavailable(section.place("middleware"), "`network_middlewares`");
            section.section("config", "`config`", List.of("mode"))
                    .ifPresent(config -> config.choice("mode", Map.of("redact", 0)));
            return new Action.Redact();
        }
        section.get("config").ifPresent(n -> Section.map(n, "config", problems));
        name.ifPresent(text ->
                problems.add(
                        section.valuePlace("middleware"),
                        Code.W15,
                        "no middleware " + Quote.of(text) + " exists",
                        open ? "its hosts are reached without it" : "its hosts are closed"));
        return new Action.Unknown(name.orElse(""));
    }

    private int order(Section section) {
        int order = section.count("order", -1_000_000, 1_000_000).orElse(0);
        var other = orders.putIfAbsent(order, section.place());
        if (other != null) {
            problems.add(
                    section.place("order"),
                    Code.E07,
                    "order " + order + " is taken: first at line " + other.line());
        }
        return order;
    }

    private List<Glob> hosts(Section endpoints, String key) {
        var texts = endpoints.texts(key);
        endpoints.bound(key, texts.size(), MOST_PATTERNS);
        var globs = new ArrayList<Glob>();
        for (var text : texts) {
            if (text.text().length() > HostReader.LONGEST_PATTERN) {
                problems.add(text.place(), Code.E18, "a pattern is longer than 1024 characters");
                continue;
            }
            switch (Glob.read(Glob.Kind.HOST, text.text())) {
                case Glob.Read.Bad(var message) -> problems.add(text.place(), Code.E13, message);
                case Glob.Read.Good(var glob, _) -> globs.add(glob);
            }
        }
        return globs;
    }

    /// What must see the traffic cannot where an endpoint is never decrypted.
    private void checkUnread(Section section, Middleware middleware) {
        for (var rule : rules) {
            for (var endpoint : rule.endpoints()) {
                if (rule.effect() != Rule.Effect.DENY
                        && endpoint instanceof Endpoint.Opaque(var target, boolean tests)
                        && !tests
                        && covers(middleware, target.host())) {
                    problems.add(
                            section.place("on_error"),
                            Code.E15,
                            "this middleware cannot see "
                                    + Quote.of(target.host().text())
                                    + ": line "
                                    + target.line()
                                    + " says `tls: skip`",
                            "remove `tls: skip`, exclude the host, or write `on_error: fail_open`");
                    return;
                }
            }
        }
    }

    /// Whether some host of a pattern is surely covered.
    private static boolean covers(Middleware middleware, HostPattern pattern) {
        return switch (pattern) {
            case HostPattern.Exact(var name) -> middleware.covers(name);
            case HostPattern.Range(var range) ->
                    middleware.covers(new Host.Address(range.network()));
            case HostPattern.Wildcard(var glob) ->
                    glob.expansions().stream()
                            .flatMap(text -> example(text).stream())
                            .anyMatch(middleware::covers);
            case HostPattern.ByAddress _, HostPattern.CatchAll _ ->
                    middleware.include().stream()
                            .flatMap(glob -> glob.expansions().stream())
                            .flatMap(text -> example(text).stream())
                            .anyMatch(middleware::covers);
        };
    }

    /// A host that a pattern matches.
    private static Optional<Host> example(String pattern) {
        return Host.of(pattern.replace("**", "a").replace('*', 'a').replace('?', 'a'));
    }
}
