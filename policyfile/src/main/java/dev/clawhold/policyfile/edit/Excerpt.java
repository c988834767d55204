package dev.clawhold.policyfile.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lines of one text, with their comments, as they would stand in another: each line keeps its
/// place in the structure, and gets the other text's indentation.
final class Excerpt {
    private final Source source;
    private final int step;
    private final Map<Integer, Integer> columns = new HashMap<>();

    private Excerpt(Source source, int step) {
        this.source = source;
        this.step = step;
    }

    /// A key and its value.
    ///
    /// @param key how the key is called there
    /// @param column where it stands there
    /// @param step by how much inner lines are indented there
    static List<String> field(
            Source source, Tree.Fields map, Tree.Field field, String key, int column, int step) {
        var excerpt = new Excerpt(source, step);
        int from = field.key().span().from();
        int keyEnd = field.key().span().to();
        excerpt.field(field, column);
        var head = key + source.line(keyEnd);
        int to = Math.max(keyEnd, field.value().span().to());
        return excerpt.lines(from, map.span().column(), head, to, column);
    }

    /// An item with its dash; empty if it does not stand behind one.
    static Optional<List<String>> item(
            Source source, Tree.Items list, Tree item, int column, int step) {
        int dash = item.span().from() - 1;
        while (dash >= 0 && source.text().charAt(dash) == ' ') {
            dash--;
        }
        if (dash < 0
                || source.text().charAt(dash) != '-'
                || source.column(dash) != list.span().column()) {
            return Optional.empty();
        }
        var excerpt = new Excerpt(source, step);
        excerpt.item(item, dash, column);
        return Optional.of(
                excerpt.lines(
                        dash, list.span().column(), source.line(dash), item.span().to(), column));
    }

    private void field(Tree.Field field, int column) {
        note(field.key().span().from(), column);
        below(field.value(), field.key().span().column(), column);
    }

    private void item(Tree item, int dash, int column) {
        note(dash, column);
        int offset = item.span().from() - dash;
        switch (item) {
            case Tree.Fields map when !map.flow() ->
                    map.fields().forEach(f -> field(f, column + offset));
            case Tree.Items list when !list.flow() -> items(list, column + offset);
            default -> {}
        }
    }

    private void below(Tree value, int old, int column) {
        int inner = value.span().column() == old ? column : column + step;
        switch (value) {
            case Tree.Fields map when !map.flow() -> map.fields().forEach(f -> field(f, inner));
            case Tree.Items list when !list.flow() -> items(list, inner);
            default -> {}
        }
    }

    private void items(Tree.Items list, int column) {
        for (var item : list.items()) {
            int at = item.span().from() - 1;
            while (at >= 0 && source.text().charAt(at) == ' ') {
                at--;
            }
            if (at >= 0 && source.text().charAt(at) == '-') {
                item(item, at, column);
            }
        }
    }

    private void note(int at, int column) {
        if (source.beginsLine(at)) {
            columns.putIfAbsent(source.lineStart(at), column);
        }
    }

    private List<String> lines(int from, int old, String head, int to, int column) {
        var lines = new ArrayList<String>();
        int start = source.lineStart(from);
        if (source.beginsLine(from)) {
            comments(start, old)
                    .forEach(
                            line -> lines.add((" ".repeat(column) + line.strip()).stripTrailing()));
        }
        lines.add(" ".repeat(column) + head.stripTrailing());
        int shift = column - old;
        int end = tail(source.afterLine(to), old);
        for (int at = source.afterLine(from + 1); at < end; at = source.afterLine(at + 1)) {
            var line = source.line(at);
            var known = Optional.ofNullable(columns.get(at));
            boolean comment = line.strip().startsWith("#");
            shift = known.map(c -> c - indent(line)).orElse(comment ? next(at, end, shift) : shift);
            int now = Math.max(indent(line) + shift, 0);
            lines.add(line.isBlank() ? "" : " ".repeat(now) + line.stripLeading());
        }
        return lines;
    }

    /// A comment moves with what follows it, where something of its column does.
    private int next(int at, int end, int shift) {
        for (int i = at; i < end; i = source.afterLine(i + 1)) {
            var column = Optional.ofNullable(columns.get(i));
            if (column.isPresent()) {
                return indent(source.line(i)) == indent(source.line(at))
                        ? column.get() - indent(source.line(i))
                        : shift;
            }
        }
        return shift;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /// The comments right above, which belong to what follows them.
    private List<String> comments(int start, int column) {
        var lines = new ArrayList<String>();
        int at = start;
        while (at > 0) {
            int before = source.lineStart(at - 1);
            var line = source.line(before);
            boolean own = line.strip().startsWith("#") && indent(line) <= column;
            if (!own && !line.isBlank()) {
                break;
            }
            lines.addFirst(line);
            at = before;
        }
        while (!lines.isEmpty() && lines.getFirst().isBlank()) {
            lines.removeFirst();
        }
        return lines;
    }

    /// The end of the comments below that are indented deeper, which belong to what is above them.
    private int tail(int at, int column) {
        int end = at;
        for (int i = at; i < source.text().length(); i = source.afterLine(i + 1)) {
            var line = source.line(i);
            if (line.strip().startsWith("#") && indent(line) > column) {
                end = source.afterLine(i + 1);
            } else if (!line.isBlank()) {
                break;
            }
        }
        return end;
    }
}
