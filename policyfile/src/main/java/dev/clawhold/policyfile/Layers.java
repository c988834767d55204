package dev.clawhold.policyfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts a policy on top of one that it extends, as values: where two differ, the upper one holds.
final class Layers {
    private static final String RULES = "network_policies";

    /// What a file says only of itself.
    private static final Set<String> OWN = Set.of("version", "preset", "extends");

    private final Map<List<String>, List<Change>> changes = new HashMap<>();
    private final Set<List<String>> prefixes = new HashSet<>();

    private Layers(List<Change> all) {
        for (var change : all) {
            changes.computeIfAbsent(change.path(), _ -> new ArrayList<>()).add(change);
            for (int i = 0; i <= change.path().size(); i++) {
                prefixes.add(change.path().subList(0, i));
            }
        }
    }

    /// The whole of both.
    static Node.Fields put(Node.Fields upper, Node.Fields lower) {
        var kept = withoutRemoved(lower, upper);
        var rest = without(upper, removedFrom(lower, upper));
        var merged = apply(kept, Merging.layered(kept, rest).changes());
        var fields = new ArrayList<Node.Field>();
        upper.fields().stream().filter(f -> OWN.contains(f.key().text())).forEach(fields::add);
        merged.fields().stream().filter(f -> !OWN.contains(f.key().text())).forEach(fields::add);
        return Node.Fields.of(fields, upper.place());
    }

    /// The same values with some changes made.
    static Node.Fields apply(Node.Fields root, List<Change> changes) {
        return (Node.Fields) new Layers(changes).apply(List.of(), root);
    }

    private Node apply(List<String> path, Node node) {
        if (!prefixes.contains(path)) {
            return node;
        }
        var own = changes.getOrDefault(path, List.of());
        return switch (node) {
            case Node.Scalar _ -> node;
            case Node.Items list -> {
                var items = new ArrayList<Node>();
                for (var item : list.items()) {
                    items.add(apply(under(path, Integer.toString(items.size())), item));
                }
                own.forEach(change -> items.add(change.value()));
                yield Node.Items.of(items, list.place());
            }
            case Node.Fields map -> {
                var fields = new LinkedHashMap<String, Node.Field>();
                map.fields().forEach(f -> replaced(path, f, fields));
                for (var change : own) {
                    if (change instanceof Change.Put put) {
                        var key = new Node.Scalar(put.key(), false, put.keyPlace());
                        fields.put(put.key(), new Node.Field(key, put.value()));
                    }
                }
                yield Node.Fields.of(List.copyOf(fields.values()), map.place());
            }
        };
    }

    private void replaced(List<String> path, Node.Field field, Map<String, Node.Field> fields) {
        var here = under(path, field.key().text());
        var replacement =
                changes.getOrDefault(here, List.of()).stream()
                        .filter(Change.Replace.class::isInstance)
                        .map(Change.Replace.class::cast)
                        .findFirst();
        var name = replacement.map(Change.Replace::key).orElse(field.key().text());
        var key = new Node.Scalar(name, field.key().plain(), field.key().place());
        var value = replacement.map(Change::value).orElseGet(() -> apply(here, field.value()));
        fields.put(name, new Node.Field(key, value));
    }

    static List<String> under(List<String> path, String step) {
        var longer = new ArrayList<String>(path.size() + 1);
        longer.addAll(path);
        longer.add(step);
        return List.copyOf(longer);
    }

    /// The keys of inherited rules that the upper policy takes out.
    private static Set<String> removedFrom(Node.Fields lower, Node.Fields upper) {
        var removed = new HashSet<String>();
        if (upper.get(RULES).orElse(upper) instanceof Node.Fields over
                && lower.get(RULES).orElse(lower) instanceof Node.Fields under) {
            under.fields().stream()
                    .map(field -> field.key().text())
                    .filter(key -> over.get(key).filter(Layers::isRemove).isPresent())
                    .forEach(removed::add);
        }
        return removed;
    }

    static boolean isRemove(Node node) {
        return node instanceof Node.Scalar scalar && scalar.text().equals("remove");
    }

    private static Node.Fields withoutRemoved(Node.Fields lower, Node.Fields upper) {
        return without(lower, removedFrom(lower, upper));
    }

    private static Node.Fields without(Node.Fields policy, Set<String> rules) {
        if (rules.isEmpty()) {
            return policy;
        }
        var fields =
                policy.fields().stream()
                        .map(f -> f.key().text().equals(RULES) ? withoutRules(f, rules) : f)
                        .toList();
        return Node.Fields.of(fields, policy.place());
    }

    private static Node.Field withoutRules(Node.Field field, Set<String> rules) {
        if (!(field.value() instanceof Node.Fields map)) {
            return field;
        }
        var kept = map.fields().stream().filter(f -> !rules.contains(f.key().text())).toList();
        return new Node.Field(field.key(), Node.Fields.of(kept, map.place()));
    }
}
