package dev.clawhold.policyfile;

import dev.clawhold.policy.Conditions;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.confinement.FileRules;
import dev.clawhold.policy.inference.Inference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `network_policies`, and its short form `egress`.
final class RulesReader {
    private static final int MOST_RULES = 20_000;
    private static final List<String> SHORT_KEYS =
            List.of("host", "port", "ports", "access", "binaries", "verdict", "until", "note");

    private final Problems problems;
    private final RuleReader reader;
    private final Conflicts conflicts;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> uses = new HashMap<>();

    RulesReader(
            Problems problems,
            FileRules files,
            Optional<Inference> inference,
            Conditions.Secrets secrets,
            Instant now) {
        this.problems = problems;
        this.conflicts = new Conflicts(problems);
        this.reader =
                new RuleReader(
                        problems,
                        new BinariesReader(problems, files),
                        new EndpointReader(problems, inference, conflicts),
                        secrets,
                        now);
    }

    List<Rule> read(Section root) {
        root.get("network_policies").ifPresent(this::policies);
        root.section("egress", "`egress`", List.of("rules")).ifPresent(this::shortRules);
        if (rules.size() > MOST_RULES) {
            problems.add(root.place("network_policies"), Code.E18, "more than 20000 rules");
        }
        conflicts.check();
        return rules;
    }

    private void policies(Node node) {
        var policies = Section.map(node, "network_policies", problems);
        for (var field : policies.map(Section::fields).orElse(List.of())) {
            var key = field.key();
            checkKey(key);
            taken.add(key.text());
            if (field.value() instanceof Node.Scalar scalar && scalar.text().equals("remove")) {
                problems.add(
                        scalar.place(),
                        Code.E05,
                        "remove takes an inherited rule out, and nothing is inherited here");
            } else {
                reader.read(new RuleId(key.text()), key.place(), field.value())
                        .ifPresent(rules::add);
            }
        }
    }

    private void checkKey(Node.Scalar key) {
        var text = key.text();
        if (text.isEmpty()
                || text.length() > 128
                || text.chars().anyMatch(Character::isISOControl)) {
            problems.add(
                    key.place(),
                    Code.E05,
                    "a rule cannot be called " + Quote.of(text),
                    "use 1 to 128 characters without controls");
        } else if (text.startsWith("_provider_")) {
            problems.add(
                    key.place(),
                    Code.E05,
                    "a rule cannot be called " + Quote.of(text) + ": `_provider_` is reserved");
        }
    }

    private void shortRules(Section egress) {
        Set<String> seen = new HashSet<>();
        for (var item : egress.items("rules")) {
            Section.of(item, "an item of rules", "a short rule", problems, SHORT_KEYS)
                    .filter(_ -> seen.add(shape(item)))
                    .flatMap(section -> reader.readShort(this::freeKey, section, item))
                    .ifPresent(rules::add);
        }
    }

    /// `allow_<host>_<port>`, with a number where that is taken.
    private RuleId freeKey(String host, String port) {
        var key = new StringBuilder("allow_");
        (host + "_" + port)
                .chars()
                .map(c -> Character.isLetterOrDigit(c) && c < 128 ? c : '_')
                .forEach(c -> key.append((char) c));
        var free = key.toString();
        for (int i = uses.merge(free, 1, Integer::sum); !taken.add(free); i++) {
            free = key + "_" + Math.max(i, 2);
        }
        return new RuleId(free);
    }

    /// The value without its places; equal for equal values.
    private static String shape(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text().length() + ":" + scalar.text();
            case Node.Items list ->
                    list.items().stream().map(RulesReader::shape).toList().toString();
            case Node.Fields map ->
                    map.fields().stream()
                            .map(field -> shape(field.key()) + "=" + shape(field.value()))
                            .sorted()
                            .toList()
                            .toString();
        };
    }
}
