package dev.clawhold.policyfile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Brings the rules of one policy into another.
final class RuleUnion {
    private static final List<String> PATH = List.of("network_policies");

    private final Differences differences;
    private final Node.Fields add;
    private final Map<String, Node> rules = new HashMap<>();
    private final Map<String, RuleContent> contents = new HashMap<>();
    private final Set<RuleContent> known = new HashSet<>();
    private final Set<String> taken = new HashSet<>();

    RuleUnion(
            Differences differences,
            Node.Fields base,
            Node.Fields add,
            List<Node.Field> inherited) {
        this.differences = differences;
        this.add = add;
        base.fields().forEach(field -> rules.put(field.key().text(), field.value()));
        base.fields().forEach(this::note);
        inherited.forEach(this::note);
        add.fields().forEach(field -> taken.add(field.key().text()));
    }

    private void note(Node.Field field) {
        var content = RuleContent.of(field.value());
        contents.putIfAbsent(field.key().text(), content);
        known.add(content);
        taken.add(field.key().text());
    }

    void run() {
        add.fields().forEach(this::rule);
    }

    private void rule(Node.Field field) {
        var key = field.key().text();
        var theirs = RuleContent.of(field.value());
        if (known.contains(theirs)) {
            return;
        }
        var mine = contents.get(key);
        var rule = rules.get(key);
        if (mine == null) {
            put(field, key, theirs);
        } else if (rule instanceof Node.Fields have
                && field.value() instanceof Node.Fields more
                && mine.canUnite(theirs)) {
            if (mine.binaries().equals(theirs.binaries())) {
                endpoints(key, have, more);
            } else {
                binaries(key, have, more);
            }
        } else if (!isContained(key, theirs)) {
            put(field, free(key), theirs);
        }
    }

    private void put(Node.Field field, String key, RuleContent content) {
        contents.put(key, content);
        known.add(content);
        taken.add(key);
        var name = new Node.Scalar(key, field.key().plain(), field.key().place());
        differences.put(PATH, name, field.value(), path(field.key().text()));
    }

    /// Whether the rule of this key, or one that was named after it, has all of it.
    private boolean isContained(String key, RuleContent theirs) {
        for (int i = 1; i == 1 || contents.containsKey(key + "_" + i); i++) {
            var mine = contents.get(i == 1 ? key : key + "_" + i);
            if (mine != null && mine.contains(theirs)) {
                return true;
            }
        }
        return false;
    }

    private String free(String key) {
        int i = 2;
        while (taken.contains(key + "_" + i)) {
            i++;
        }
        return key + "_" + i;
    }

    private void binaries(String key, Node.Fields have, Node.Fields more) {
        var seen = new HashSet<String>();
        RuleContent.items(have, "binaries").forEach(item -> seen.add(RuleContent.program(item)));
        appendNew(key, more, "binaries", item -> seen.add(RuleContent.program(item)));
    }

    private void appendNew(String key, Node.Fields more, String list, Predicate<Node> isNew) {
        var items = RuleContent.items(more, list);
        for (int i = 0; i < items.size(); i++) {
            if (isNew.test(items.get(i))) {
                var origin = path(key, list, Integer.toString(i));
                differences.append(path(key, list), items.get(i), origin);
            }
        }
    }

    private void endpoints(String key, Node.Fields have, Node.Fields more) {
        if (have.get("endpoints").isEmpty()) {
            Merging.field(more, "endpoints")
                    .ifPresent(f ->
                            differences.put(path(key), f.key(), f.value(), path(key, "endpoints")));
            return;
        }
        appendNew(key, more, "endpoints", item -> !isInside(key, have, item, more));
    }

    /// Whether an endpoint stands in the rule, or has been united with one that does.
    private boolean isInside(String key, Node.Fields have, Node item, Node.Fields more) {
        var theirs = EndpointContent.of(item);
        var items = RuleContent.items(have, "endpoints");
        var contents = items.stream().map(EndpointContent::of).toList();
        if (contents.stream().anyMatch(mine -> mine.contains(theirs))) {
            return true;
        }
        for (int i = 0; i < items.size(); i++) {
            if (contents.get(i).identity().equals(theirs.identity())
                    && items.get(i) instanceof Node.Fields mine
                    && item instanceof Node.Fields other) {
                int position = RuleContent.items(more, "endpoints").indexOf(item);
                new EndpointUnion(
                                differences,
                                path(key, "endpoints", Integer.toString(i)),
                                path(key, "endpoints", Integer.toString(position)))
                        .unite(mine, other);
                return true;
            }
        }
        return false;
    }

    static List<String> path(String... steps) {
        var path = PATH;
        for (var step : steps) {
            path = Layers.under(path, step);
        }
        return path;
    }
}
