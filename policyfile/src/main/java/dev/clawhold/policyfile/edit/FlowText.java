package dev.clawhold.policyfile.edit;

import java.util.stream.Collectors;

/// Values on one line, without their comments.
///
/// @param json whether text is always quoted, as JSON has it
/// @param anchors whether aliases stay, and what they stand for keeps its name
record FlowText(boolean json, boolean anchors) {
    FlowText(boolean json) {
        this(json, false);
    }

    String of(Tree tree) {
        var name = tree.span().anchor();
        return anchors && !name.isEmpty() && !(tree instanceof Tree.Alias)
                ? "&" + name + " " + value(tree)
                : value(tree);
    }

    private String value(Tree tree) {
        return switch (tree) {
            case Tree.Text text -> scalar(text);
            case Tree.Items list ->
                    list.items().stream().map(this::of).collect(Collectors.joining(", ", "[", "]"));
            case Tree.Fields map ->
                    map.fields().stream().map(this::of).collect(Collectors.joining(", ", "{", "}"));
            case Tree.Alias alias -> anchors ? "*" + alias.name() : of(alias.target());
        };
    }

    String of(Tree.Field field) {
        return key(field.key()) + ": " + of(field.value());
    }

    String key(Tree.Text key) {
        return json ? Scalars.quoted(key.text()) : Scalars.of(key.text(), key.plain(), true);
    }

    private String scalar(Tree.Text text) {
        boolean typed = text.plain() && Scalars.isTyped(text.text());
        return json && !typed
                ? Scalars.quoted(text.text())
                : Scalars.of(text.text(), text.plain(), true);
    }
}
