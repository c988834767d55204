package dev.clawhold.policyfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compares maps key by key, and collects what comes in and what stands against each other.
final class Differences {
    private final Merging.Preference preference;
    private final Set<String> unions;
    private final List<Change> changes = new ArrayList<>();
    private final List<Problem> conflicts = new ArrayList<>();

    /// @param unions the lists, by their keys with dots between, that take up items of another
    Differences(Merging.Preference preference, Set<String> unions) {
        this.preference = preference;
        this.unions = unions;
    }

    List<Change> changes() {
        return changes;
    }

    List<Problem> conflicts() {
        return conflicts;
    }

    Merging.Preference preference() {
        return preference;
    }

    void put(List<String> map, Node.Scalar key, Node value, List<String> origin) {
        changes.add(new Change.Put(map, key.text(), key.place(), value, origin));
    }

    void append(List<String> list, Node value, List<String> origin) {
        changes.add(new Change.Append(list, value, origin));
    }

    void replace(List<String> value, String key, Node with) {
        changes.add(new Change.Replace(value, key, with));
    }

    /// Brings one key of the added map into the map at the same path.
    void field(List<String> path, Node.Fields base, Node.Field add, Defaults defaults) {
        field(path, path, base, add, defaults, "");
    }

    /// As above, for maps at two paths.
    ///
    /// @param prefix what stands before the key in `defaults` and `unions`
    void field(
            List<String> path,
            List<String> origin,
            Node.Fields base,
            Node.Field add,
            Defaults defaults,
            String prefix) {
        var key = add.key().text();
        var name = prefix + key;
        var here = Layers.under(path, key);
        var there = Layers.under(origin, key);
        var mine = base.get(key);
        if (mine.isPresent()) {
            value(here, there, mine.get(), add.value(), defaults, name);
        } else if (defaults.of(name).isPresent() || defaults.loose().contains(name)) {
            absent(path, there, base, add, defaults, name);
        } else if (add.value() instanceof Node.Fields inner
                && holdsDefaults(inner, defaults, name)) {
            int before = conflicts.size();
            var probe = new Differences(Merging.Preference.NONE, unions);
            var none = Node.Fields.of(List.of(), base.place());
            inner.fields().forEach(f -> probe.field(here, there, none, f, defaults, name + "."));
            probe.conflicts.forEach(this::conflict);
            if (conflicts.size() == before
                    && preference != Merging.Preference.BASE
                    && !(probe.changes.isEmpty() && probe.conflicts.isEmpty())) {
                put(path, add.key(), add.value(), there);
            }
        } else {
            put(path, add.key(), add.value(), there);
        }
    }

    private static boolean holdsDefaults(Node.Fields inner, Defaults defaults, String name) {
        return inner.fields().stream()
                .map(field -> name + "." + field.key().text())
                .anyMatch(key -> defaults.of(key).isPresent() || defaults.loose().contains(key));
    }

    private void value(
            List<String> here,
            List<String> there,
            Node mine,
            Node theirs,
            Defaults defaults,
            String name) {
        if (mine instanceof Node.Fields base && theirs instanceof Node.Fields add) {
            add.fields().forEach(f -> field(here, there, base, f, defaults, name + "."));
        } else if (unions.contains(name)
                && mine instanceof Node.Items base
                && theirs instanceof Node.Items add) {
            union(here, there, base, add);
        } else if (!Shape.sorted(mine).equals(Shape.sorted(theirs))) {
            var message =
                    what(name)
                            + " is "
                            + shown(mine)
                            + at(mine)
                            + " and "
                            + shown(theirs)
                            + at(theirs);
            if (conflict(mine.place(), message)) {
                replace(here, here.getLast(), theirs);
            }
        }
    }

    private void union(List<String> here, List<String> there, Node.Items base, Node.Items add) {
        var seen = new HashSet<String>();
        base.items().forEach(item -> seen.add(item(item)));
        for (int i = 0; i < add.items().size(); i++) {
            var item = add.items().get(i);
            if (seen.add(item(item))) {
                append(here, item, Layers.under(there, Integer.toString(i)));
            }
        }
    }

    private static String item(Node item) {
        return item instanceof Node.Scalar scalar ? Shape.path(scalar.text()) : Shape.of(item);
    }

    private void absent(
            List<String> path,
            List<String> there,
            Node.Fields base,
            Node.Field add,
            Defaults defaults,
            String name) {
        if (defaults.isDefault(name, add.value())) {
            return;
        }
        var message =
                what(name)
                        + " is "
                        + missing(name, defaults)
                        + at(base)
                        + " and "
                        + shown(add.value())
                        + at(add.value());
        if (conflict(base.place(), message)) {
            put(path, add.key(), add.value(), there);
        }
    }

    /// Tells of what the base says and the added map does not, where that makes a difference.
    void onlyInBase(
            List<String> path,
            Node.Fields base,
            Node.Fields add,
            Defaults defaults,
            String prefix) {
        for (var field : base.fields()) {
            var name = prefix + field.key().text();
            var theirs = add.get(field.key().text());
            var here = Layers.under(path, field.key().text());
            if (field.value() instanceof Node.Fields inner) {
                var other = theirs.orElse(Node.Fields.of(List.of(), add.place()));
                if (other instanceof Node.Fields map) {
                    onlyInBase(here, inner, map, defaults, name + ".");
                }
            } else if (theirs.isEmpty()) {
                onlyInBase(here, field, add, defaults, name);
            }
        }
    }

    private void onlyInBase(
            List<String> here, Node.Field field, Node.Fields add, Defaults defaults, String name) {
        boolean matters = defaults.of(name).isPresent() || defaults.loose().contains(name);
        if (!matters || defaults.isDefault(name, field.value())) {
            return;
        }
        var message =
                what(name)
                        + " is "
                        + shown(field.value())
                        + at(field.value())
                        + " and "
                        + missing(name, defaults)
                        + at(add);
        if (conflict(field.value().place(), message)) {
            defaults.of(name)
                    .map(shape -> shape.substring(shape.indexOf(':') + 1))
                    .ifPresent(text ->
                            replace(
                                    here,
                                    here.getLast(),
                                    new Node.Scalar(text, true, field.value().place())));
        }
    }

    private static String missing(String name, Defaults defaults) {
        return defaults.of(name)
                .map(shape -> "`" + shape.substring(shape.indexOf(':') + 1) + "`, the default,")
                .orElse("absent");
    }

    private static String what(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String shown(Node node) {
        return node instanceof Node.Scalar scalar
                ? Quote.of(scalar.text())
                : node instanceof Node.Items ? "a list" : "a map";
    }

    private static String at(Node node) {
        return " in " + node.place().fileAndLine();
    }

    /// Whether the added value comes in all the same.
    boolean conflict(Place place, String message) {
        conflict(
                new Problem(
                        place.file(),
                        place.line(),
                        place.column(),
                        Code.E27,
                        false,
                        Quote.printable(message),
                        Optional.of(
                                "make them equal, or choose with `--prefer base` or `--prefer add`")));
        return preference == Merging.Preference.ADD;
    }

    private void conflict(Problem problem) {
        if (preference == Merging.Preference.NONE) {
            conflicts.add(problem);
        }
    }
}
