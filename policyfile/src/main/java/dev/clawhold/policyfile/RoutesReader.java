package dev.clawhold.policyfile;

import dev.clawhold.policy.Spelling;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.inference.Provider;
import dev.clawhold.policy.inference.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `inference.routes`.
///
/// @param providers that the policy defines
record RoutesReader(Problems problems, Map<String, Provider> providers) {
    private static final int MOST = 64;
    private static final List<String> TARGET_KEYS = List.of("provider", "model", "leave_host");

    List<Route> read(Section inference) {
        var items = inference.items("routes");
        inference.bound("routes", items.size(), MOST);
        var routes = new ArrayList<Route>();
        for (var item : items.subList(0, Math.min(items.size(), MOST))) {
            Section.of(item, "a route", "a route", problems, List.of("model", "to"))
                    .flatMap(section -> route(section, routes))
                    .ifPresent(routes::add);
        }
        return routes;
    }

    private Optional<Route> route(Section route, List<Route> earlier) {
        route.require("model");
        route.require("to");
        var model = route.scalar("model", "a pattern");
        var glob = model.flatMap(new PatternReader(problems)::value);
        if (glob.isPresent() && earlier.stream().anyMatch(r -> covers(r.model(), glob.get()))) {
            problems.add(
                    model.get().place(),
                    Code.W20,
                    "an earlier route covers " + Quote.of(model.get().text()));
        }
        route.refuseEmpty("to", "nothing could answer");
        var targets = targets(route);
        return glob.map(g -> new Route(g, targets, route.place().line()));
    }

    private List<Route.Target> targets(Section route) {
        var targets = new ArrayList<Route.Target>();
        boolean stays = false;
        for (var node : route.items("to")) {
            var section = Section.of(node, "a target", "a target", problems, TARGET_KEYS);
            if (section.isEmpty()) {
                continue;
            }
            section.get().require("provider");
            var target = target(section.get());
            boolean local = target.map(this::isLocal).orElse(stays);
            if (stays && !local && !target.get().leavesHost()) {
                problems.add(
                        section.get().place(),
                        Code.E15,
                        "a remote target behind a local one needs `leave_host: true`");
            }
            stays |= local;
            target.ifPresent(targets::add);
        }
        return targets;
    }

    private Optional<Route.Target> target(Section section) {
        var model = section.text("model");
        boolean leaves = section.bool("leave_host", false);
        var provider = section.scalar("provider", "the name of a provider");
        provider.ifPresent(this::named);
        return provider.map(name -> new Route.Target(name.text(), model, leaves));
    }

    /// Tells of a name that only the machine's own store can know.
    void named(Node.Scalar name) {
        if (providers.containsKey(name.text())) {
            return;
        }
        problems.add(
                name.place(),
                Code.W16,
                "provider "
                        + Quote.of(name.text())
                        + " is not defined here"
                        + Section.suggestion(Spelling.nearest(name.text(), providers.keySet())),
                "it has to be in this machine's own store");
    }

    private boolean isLocal(Route.Target target) {
        return Optional.ofNullable(providers.get(target.provider()))
                .filter(Provider::isLocal)
                .isPresent();
    }

    /// Whether everything that one pattern matches is surely matched by the other.
    private static boolean covers(Glob wide, Glob narrow) {
        if (narrow.isLiteral()) {
            return wide.matches(narrow.literalText());
        }
        var heads = wide.expansions().stream().flatMap(text -> openHead(text).stream()).toList();
        return narrow.expansions().stream()
                .allMatch(text ->
                        wide.expansions().contains(text)
                                || heads.stream().anyMatch(text::startsWith));
    }

    /// What stands before the stars of a pattern that has no others.
    private static Optional<String> openHead(String pattern) {
        int end = pattern.length();
        while (end > 0 && pattern.charAt(end - 1) == '*') {
            end--;
        }
        var head = pattern.substring(0, end);
        return end < pattern.length() && !Glob.hasWildcards(head)
                ? Optional.of(head)
                : Optional.empty();
    }
}
