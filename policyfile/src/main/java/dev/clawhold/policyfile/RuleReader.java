package dev.clawhold.policyfile;

import dev.clawhold.policy.Conditions;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.limit.Rate;
import dev.clawhold.policy.limit.RuleLimits;
import dev.clawhold.policy.program.Programs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// One rule.
final class RuleReader {
    private static final int MOST_ENDPOINTS = 1_000;
    private static final Duration LONGEST_QUESTION = Duration.ofHours(1);
    private static final Map<String, Rule.Effect> EFFECTS =
            Map.of(
                    "allow", Rule.Effect.ALLOW,
                    "ask", Rule.Effect.ASK,
                    "deny", Rule.Effect.DENY);
    private static final Map<String, Conditions.Secrets> SECRETS =
            Map.of(
                    "deny", Conditions.Secrets.DENY,
                    "ask", Conditions.Secrets.ASK,
                    "off", Conditions.Secrets.OFF);
    private static final List<String> KEYS =
            List.of(
                    "name",
                    "note",
                    "endpoints",
                    "binaries",
                    "verdict",
                    "ask",
                    "until",
                    "limits",
                    "inspect");

    private final Problems problems;
    private final BinariesReader binaries;
    private final EndpointReader endpoints;
    private final Conditions.Secrets secrets;
    private final Instant now;

    /// A reader of a file's rules.
    ///
    /// @param secrets what holds for rules that say nothing of secrets
    RuleReader(
            Problems problems,
            BinariesReader binaries,
            EndpointReader endpoints,
            Conditions.Secrets secrets,
            Instant now) {
        this.problems = problems;
        this.binaries = binaries;
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.now = now;
    }

    Optional<Rule> read(RuleId id, Place place, Node node) {
        return Section.of(node, "a rule", "a rule", problems, KEYS)
                .map(section -> read(id, place, section));
    }

    private Rule read(RuleId id, Place place, Section section) {
        section.text("name");
        var effect = effect(section);
        var programs = binaries.read(section, place);
        var read = endpoints(section, place, effect, programs);
        var conditions =
                new Conditions(
                        until(section),
                        limits(section),
                        question(section, effect),
                        secrets(section, problems).orElse(secrets));
        return new Rule(
                id,
                effect,
                read,
                programs,
                conditions,
                section.text("note").orElse(""),
                place.file(),
                place.line());
    }

    private Rule.Effect effect(Section section) {
        var effect = section.choice("verdict", EFFECTS).orElse(Rule.Effect.ALLOW);
        if (effect == Rule.Effect.ASK) {
            problems.unavailable(section.place("verdict"), "`verdict: ask`");
        }
        return effect;
    }

    private List<Endpoint> endpoints(
            Section section, Place place, Rule.Effect effect, Programs programs) {
        var items = section.items("endpoints");
        section.bound("endpoints", items.size(), MOST_ENDPOINTS);
        if (!section.has("endpoints") || (items.isEmpty() && isList(section))) {
            var at = section.has("endpoints") ? section.place("endpoints") : place;
            problems.add(at, Code.W20, "a rule without endpoints has no effect");
        }
        var read = new ArrayList<Endpoint>();
        for (var item : items) {
            endpoints.read(item, effect, programs).ifPresent(read::add);
        }
        return read;
    }

    private static boolean isList(Section section) {
        return section.get("endpoints").filter(Node.Items.class::isInstance).isPresent();
    }

    /// What `inspect` says, of a rule or for all.
    static Optional<Conditions.Secrets> secrets(Section section, Problems problems) {
        return section.get("inspect")
                .flatMap(n -> Section.of(n, "inspect", "`inspect`", problems, List.of("secrets")))
                .flatMap(inspect -> inspect.choice("secrets", SECRETS));
    }

    /// How long questions wait.
    private Duration question(Section section, Rule.Effect effect) {
        var ask = section.section("ask", "`ask`", List.of("timeout"));
        var timeout = ask.flatMap(a -> a.scalar("timeout", "a duration such as `2m`"));
        if (timeout.isEmpty()) {
            return Conditions.DEFAULT_ASK_TIMEOUT;
        }
        var span = Values.duration(timeout.get().text());
        if (span.isEmpty()
                || !span.get().isPositive()
                || span.get().compareTo(LONGEST_QUESTION) > 0) {
            ask.get().wrongType(timeout.get(), "timeout", "a duration from `1s` to `1h`");
            return Conditions.DEFAULT_ASK_TIMEOUT;
        }
        if (effect == Rule.Effect.DENY) {
            problems.add(ask.get().place(), Code.W20, "ask has no effect on a rule that denies");
        }
        return span.get();
    }

    private Optional<Instant> until(Section section) {
        var scalar = section.scalar("until", "a time such as `2026-12-31T18:00:00Z`");
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        var place = scalar.get().place();
        var time = Values.time(scalar.get().text());
        if (time.isEmpty()) {
            problems.add(
                    place,
                    Code.E21,
                    "until needs a time and an offset: " + Quote.of(scalar.get().text()),
                    "write for example `2026-12-31T18:00:00Z`");
        } else if (!time.get().isAfter(now)) {
            problems.add(place, Code.W06, "this rule has expired: it has no effect any more");
        }
        return time;
    }

    private RuleLimits limits(Section section) {
        var keys = List.of("requests", "bytes", "upload", "download", "connections");
        var limits = section.section("limits", "`limits`", keys);
        if (limits.isEmpty() || limits.get().fields().isEmpty()) {
            return RuleLimits.NONE;
        }
        problems.unavailable(section.place("limits"), "`limits`");
        return new RuleLimits(
                rate(limits.get(), "requests", false),
                rate(limits.get(), "bytes", true),
                rate(limits.get(), "upload", true),
                rate(limits.get(), "download", true),
                limits.get().count("connections", 0, Integer.MAX_VALUE));
    }

    private Optional<Rate> rate(Section limits, String key, boolean bytes) {
        var example = bytes ? "100MiB/day" : "60/min";
        var scalar = limits.scalar(key, "a rate such as `" + example + "`");
        var rate = scalar.flatMap(s -> Values.rate(s.text(), bytes));
        if (scalar.isPresent() && rate.isEmpty()) {
            var text = scalar.get().text();
            problems.add(
                    scalar.get().place(),
                    Code.E22,
                    Quote.of(text) + " is not a rate" + meant(text, bytes),
                    "write for example `" + example + "`; periods: s, min, h, day, month");
        }
        return rate;
    }

    private static String meant(String text, boolean bytes) {
        var amount = text.substring(0, Math.max(text.indexOf('/'), 0));
        return Values.PERIODS.keySet().stream()
                .filter(period -> text.startsWith(amount + "/" + period))
                .map(period -> amount + "/" + period)
                .filter(rate -> Values.rate(rate, bytes).isPresent())
                .max(Comparator.comparingInt(String::length))
                .map(rate -> ": did you mean " + Quote.of(rate) + "?")
                .orElse("");
    }

    /// A rule of the short form.
    ///
    /// @param keys the rule's key from its host and first port
    Optional<Rule> readShort(BiFunction<String, String, RuleId> keys, Section section, Node item) {
        var effect = effect(section);
        Programs programs = new Programs.Any();
        var listed = section.has("binaries") ? binaries.read(section, item.place()) : programs;
        if (!section.has("binaries")) {
            problems.add(
                    item.place(),
                    Code.W21,
                    "a short rule is for every program",
                    "list programs in `binaries`");
        }
        var endpoint = endpoints.readShort(section, effect, listed);
        return endpoint.map(e ->
                new Rule(
                        keys.apply(e.host().text(), firstPort(section)),
                        effect,
                        List.of(e),
                        listed,
                        new Conditions(
                                until(section),
                                RuleLimits.NONE,
                                Conditions.DEFAULT_ASK_TIMEOUT,
                                secrets),
                        section.text("note").orElse(""),
                        item.place().file(),
                        item.place().line()));
    }

    private static String firstPort(Section section) {
        return section.get("port")
                .or(() -> section.get("ports"))
                .map(node -> node instanceof Node.Items list ? list.items().getFirst() : node)
                .map(node -> node instanceof Node.Scalar scalar ? scalar.text() : "")
                .orElse("");
    }
}
