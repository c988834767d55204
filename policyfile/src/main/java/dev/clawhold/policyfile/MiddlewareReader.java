package dev.clawhold.policyfile;

import dev.clawhold.policy.Egress;
import dev.clawhold.policy.glob.Glob;
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
    private final Map<Long, Place> orders = new HashMap<>();

    MiddlewareReader(Problems problems) {
        this.problems = problems;
    }

    List<Egress.Middleware> read(Optional<Node> node) {
        var map = node.flatMap(n -> Section.map(n, "network_middlewares", problems));
        var fields = map.map(Section::fields).orElse(List.of());
        if (fields.size() > MOST) {
            problems.add(map.orElseThrow().place(), Code.E18, "more than 10 middlewares");
        }
        var middlewares = new ArrayList<Egress.Middleware>();
        for (var field : fields) {
            Section.of(field.value(), "a middleware", "a middleware", problems, KEYS)
                    .map(section -> read(field.key().text(), section))
                    .ifPresent(middlewares::add);
        }
        return middlewares;
    }

    private Egress.Middleware read(String key, Section section) {
        if (!section.has("middleware")) {
            problems.add(section.place(), Code.E06, "middleware is missing");
        }
        var name = section.text("middleware");
        boolean known = name.map(BUILT_IN::contains).orElse(false);
        section.text("name");
        order(section);
        boolean open =
                section.choice("on_error", Map.of("fail_closed", false, "fail_open", true))
                        .orElse(false);
        if (known) {
            problems.unavailable(section.place("middleware"), "`network_middlewares`");
            section.section("config", "`config`", List.of("mode"))
                    .ifPresent(config -> config.choice("mode", Map.of("redact", 0)));
        } else {
            section.get("config").ifPresent(n -> Section.map(n, "config", problems));
            name.ifPresent(text ->
                    problems.add(
                            section.valuePlace("middleware"),
                            Code.W15,
                            "no middleware " + Quote.of(text) + " exists",
                            open ? "its hosts are reached without it" : "its hosts are closed"));
        }
        var endpoints = section.section("endpoints", "`endpoints`", List.of("include", "exclude"));
        if (endpoints.isEmpty() || !endpoints.get().has("include")) {
            problems.add(section.place("endpoints"), Code.E06, "include is missing");
        }
        return new Egress.Middleware(
                key,
                endpoints.map(e -> hosts(e, "include")).orElse(List.of()),
                endpoints.map(e -> hosts(e, "exclude")).orElse(List.of()),
                known,
                open);
    }

    private void order(Section section) {
        long order = section.whole("order", -1_000_000, 1_000_000).orElse(0);
        var other = orders.putIfAbsent(order, section.place());
        if (other != null) {
            problems.add(
                    section.place("order"),
                    Code.E07,
                    "order " + order + " is taken: first at line " + other.line());
        }
    }

    private List<Glob> hosts(Section endpoints, String key) {
        var texts = endpoints.texts(key);
        endpoints.bound(key, texts.size(), MOST_PATTERNS);
        var globs = new ArrayList<Glob>();
        for (var text : texts) {
            switch (Glob.read(Glob.Kind.HOST, text.text())) {
                case Glob.Read.Bad(var message) -> problems.add(text.place(), Code.E13, message);
                case Glob.Read.Good(var glob, _) -> globs.add(glob);
            }
        }
        return globs;
    }
}
