package dev.clawhold.policyfile.edit;

import java.util.ArrayList;
import java.util.List;

/// Values on lines of their own, without comments; aliases as what they stand for. Small maps and
/// lists of words stay on one line.
///
/// @param step by how much inner lines are indented
record BlockText(int step) {
    private static final int WIDEST = 80;
    private static final FlowText FLOW = new FlowText(false);

    /// A key and its value.
    List<String> field(Tree.Text key, Tree value, int column) {
        return below(Scalars.of(key.text(), key.plain(), false) + ":", value.resolved(), column);
    }

    /// An item behind its dash.
    List<String> item(Tree value, int column) {
        var resolved = value.resolved();
        if (!(resolved instanceof Tree.Fields map) || !(isOpen(map) || isHead(map))) {
            return below("-", resolved, column);
        }
        var lines = new ArrayList<String>();
        map.fields().forEach(f -> lines.addAll(field(f.key(), f.value(), column + 2)));
        lines.set(0, " ".repeat(column) + "- " + lines.getFirst().strip());
        return lines;
    }

    /// Whether a map only says what kind of thing its one value is, as `allow` does.
    private static boolean isHead(Tree.Fields map) {
        return map.fields().size() == 1
                && map.fields().getFirst().value().resolved() instanceof Tree.Fields inner
                && !inner.fields().isEmpty();
    }

    private List<String> below(String head, Tree value, int column) {
        var lines = new ArrayList<String>();
        var indent = " ".repeat(column);
        if (!isOpen(value)) {
            lines.add(indent + head + " " + onOneLine(value));
            return lines;
        }
        lines.add(indent + head);
        switch (value) {
            case Tree.Items list ->
                    list.items().forEach(item -> lines.addAll(item(item, column + step)));
            case Tree.Fields map ->
                    map.fields()
                            .forEach(f -> lines.addAll(field(f.key(), f.value(), column + step)));
            case Tree.Text _, Tree.Alias _ -> throw new IllegalStateException("not open");
        }
        return lines;
    }

    /// Whether the value takes lines of its own.
    private static boolean isOpen(Tree value) {
        return switch (value) {
            case Tree.Text _, Tree.Alias _ -> false;
            case Tree.Items list ->
                    !list.items().isEmpty()
                            && (!list.items().stream()
                                            .allMatch(i -> i.resolved() instanceof Tree.Text)
                                    || FLOW.of(list).length() > WIDEST);
            case Tree.Fields map ->
                    !map.fields().isEmpty()
                            && (map.fields().size() > 3
                                    || FLOW.of(map).length() > WIDEST
                                    || map.fields().stream().anyMatch(f -> isOpen(f.value())));
        };
    }

    private static String onOneLine(Tree value) {
        return value instanceof Tree.Text text
                ? Scalars.of(text.text(), text.plain(), false)
                : FLOW.of(value);
    }
}
