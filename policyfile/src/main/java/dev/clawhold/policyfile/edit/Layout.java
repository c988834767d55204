package dev.clawhold.policyfile.edit;

import java.util.ArrayList;
import java.util.List;

/// Writes a tree with its comments in the canonical layout.
final class Layout {
    private static final int STEP = 2;
    private static final int WIDEST = 100;
    private static final FlowText FLOW = new FlowText(false, true);

    private final Annotations annotations;
    private final StringBuilder out = new StringBuilder();

    private Layout(Annotations annotations) {
        this.annotations = annotations;
    }

    static String of(Tree root, Annotations annotations) {
        var layout = new Layout(annotations);
        switch (root) {
            case Tree.Fields map when !map.fields().isEmpty() -> layout.fields(map, 0);
            case Tree.Items list when !list.items().isEmpty() -> layout.items(list, 0);
            case Tree.Fields _, Tree.Items _, Tree.Text _, Tree.Alias _ ->
                    layout.line(0, FLOW.of(root));
        }
        layout.remarks(annotations.foot, 0);
        return layout.out.toString().stripTrailing() + "\n";
    }

    private void fields(Tree.Fields map, int column) {
        boolean first = true;
        for (var field : map.fields()) {
            before(annotations.of(field), first, column, 1);
            field(field, " ".repeat(column), column);
            first = false;
        }
    }

    private void field(Tree.Field field, String indent, int column) {
        var remarks = annotations.of(field);
        var key = Scalars.of(field.key().text(), field.key().plain(), false);
        below(indent + key + ":", field.value(), column, remarks);
        remarks(remarks.after, column);
    }

    private void items(Tree.Items list, int column) {
        boolean first = true;
        for (var item : list.items()) {
            var remarks = annotations.of(item);
            if (item instanceof Tree.Fields map && isCompact(map, column)) {
                before(remarks, first, column, 0);
                compact(map, column);
            } else {
                before(remarks, first, column, 1);
                below(" ".repeat(column) + "-", item, column, remarks);
            }
            remarks(remarks.after, column);
            first = false;
        }
    }

    /// Whether an item is a map whose first key stands behind the dash.
    private boolean isCompact(Tree.Fields item, int column) {
        return item.span().anchor().isEmpty() && open(item, column);
    }

    private void compact(Tree.Fields map, int column) {
        var ordered = map.fields();
        // a comment cannot stand between a dash and its key
        before(annotations.of(ordered.getFirst()), true, column, 1);
        field(ordered.getFirst(), " ".repeat(column) + "- ", column + STEP);
        for (var field : ordered.subList(1, ordered.size())) {
            before(annotations.of(field), false, column + STEP, 1);
            field(field, " ".repeat(column + STEP), column + STEP);
        }
    }

    /// @param beside how many comments find a place on the line itself
    private void before(Remarks remarks, boolean first, int column, int beside) {
        comments(remarks, column, !first);
        remarks.beside.stream().skip(beside).forEach(comment -> line(column, comment));
    }

    private void comments(Remarks remarks, int column, boolean blanks) {
        var lines = new ArrayList<>(remarks.before);
        while (!blanks && !lines.isEmpty() && lines.getFirst().isEmpty()) {
            lines.removeFirst();
        }
        remarks(lines, column);
    }

    private void remarks(List<String> lines, int column) {
        for (var line : lines) {
            if (!line.isEmpty()) {
                line(column, line);
            } else if (!out.isEmpty() && !endsBlank()) {
                out.append('\n');
            }
        }
    }

    private boolean endsBlank() {
        return out.length() > 1
                && out.charAt(out.length() - 1) == '\n'
                && out.charAt(out.length() - 2) == '\n';
    }

    private void line(int column, String text) {
        out.append(" ".repeat(column)).append(text).append('\n');
    }

    private void below(String head, Tree value, int column, Remarks remarks) {
        var beside = remarks.beside.isEmpty() ? "" : "  " + remarks.beside.getFirst();
        var name =
                value.span().anchor().isEmpty() || value instanceof Tree.Alias
                        ? ""
                        : " &" + value.span().anchor();
        if (!open(value, column)) {
            if (value instanceof Tree.Text text && Literal.isPossible(text)) {
                out.append(head)
                        .append(name)
                        .append(' ')
                        .append(Literal.head(text))
                        .append(beside)
                        .append('\n');
                Literal.lines(text).forEach(line -> line(line.isEmpty() ? 0 : column + STEP, line));
            } else {
                var shown =
                        value instanceof Tree.Text text ? plain(text, name) : " " + FLOW.of(value);
                out.append(head).append(shown.stripTrailing()).append(beside).append('\n');
            }
            return;
        }
        out.append(head).append(name).append(beside).append('\n');
        switch (value) {
            case Tree.Fields map -> fields(map, column + STEP);
            case Tree.Items list -> items(list, column + STEP);
            case Tree.Text _, Tree.Alias _ -> throw new IllegalStateException("it is not open");
        }
    }

    private static String plain(Tree.Text text, String name) {
        return name + " " + Scalars.of(text.text(), text.plain(), false);
    }

    /// Whether a value takes lines of its own.
    private boolean open(Tree value, int column) {
        return switch (value) {
            case Tree.Text _, Tree.Alias _ -> false;
            case Tree.Items list ->
                    !list.items().isEmpty() && (!list.flow() || isTooMuch(value, column));
            case Tree.Fields map ->
                    !map.fields().isEmpty() && (!map.flow() || isTooMuch(value, column));
        };
    }

    private boolean isTooMuch(Tree value, int column) {
        return hasComments(value) || column + FLOW.of(value).length() > WIDEST;
    }

    private boolean hasComments(Tree tree) {
        return switch (tree) {
            case Tree.Text _, Tree.Alias _ -> false;
            case Tree.Items list ->
                    list.items().stream()
                            .anyMatch(i -> annotations.of(i).hasComments() || hasComments(i));
            case Tree.Fields map ->
                    map.fields().stream()
                            .anyMatch(
                                    f -> annotations.of(f).hasComments() || hasComments(f.value()));
        };
    }
}
