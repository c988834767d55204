package dev.clawhold.policyfile.edit;

import dev.clawhold.policyfile.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes changes in a text: what they do not touch stays as it is, byte for byte.
final class TextChanges {
    private static final List<String> RULES = List.of("network_policies");

    /// @param depth of what is changed: at one position the innermost comes first
    private record Edit(int from, int to, String text, int depth) {}

    private final Source base;
    private final Tree root;
    private final Source added;
    private final Tree addedRoot;
    private final boolean verbatim;
    private final int step;
    private final List<Edit> edits = new ArrayList<>();

    /// @param verbatim whether what comes in keeps its own spelling and comments
    TextChanges(Source base, Source added, boolean verbatim) {
        this.base = base;
        this.root = TreeReader.read(base);
        this.added = added;
        this.addedRoot = TreeReader.read(added);
        this.verbatim = verbatim;
        this.step = step(root, 0);
    }

    /// By how much the text indents; two where it does not tell.
    private static int step(Tree tree, int outer) {
        if (tree instanceof Tree.Fields map && !map.flow()) {
            for (var field : map.fields()) {
                int inner = field.value().span().column();
                if (field.value() instanceof Tree.Fields below && !below.flow()) {
                    return Math.max(inner - map.span().column(), 1);
                }
            }
        }
        return outer == 0 ? 2 : outer;
    }

    Source make(List<Change> changes) {
        var groups = new LinkedHashMap<List<String>, List<Change>>();
        for (var change : changes) {
            switch (change) {
                case Change.Replace replace -> replace(replace);
                case Change.Put put -> group(groups, put);
                case Change.Append append -> group(groups, append);
            }
        }
        groups.forEach(this::insert);
        edits.sort(
                Comparator.comparingInt(Edit::from)
                        .thenComparing(Comparator.comparingInt(Edit::depth).reversed()));
        var text = new StringBuilder();
        int at = 0;
        for (var edit : edits) {
            text.append(base.text(), at, edit.from()).append(edit.text());
            at = edit.to();
        }
        return new Source(text.append(base.text().substring(at)).toString(), base.marked());
    }

    private static void group(Map<List<String>, List<Change>> groups, Change change) {
        groups.computeIfAbsent(change.path(), _ -> new ArrayList<>()).add(change);
    }

    private void insert(List<String> path, List<Change> changes) {
        var target = at(root, path);
        switch (target) {
            case Tree.Fields map when !map.flow() -> intoBlock(path, map, changes);
            case Tree.Items list when !list.flow() -> intoBlock(path, list, changes);
            case Tree.Fields map when map.fields().isEmpty() && canOpen(path) ->
                    open(path, map, changes);
            case Tree.Fields map ->
                    intoFlow(path, map, map.fields().isEmpty(), end(map), changes, isJson(map));
            case Tree.Items list ->
                    intoFlow(path, list, list.items().isEmpty(), end(list), changes, isJson(list));
            case Tree.Text _, Tree.Alias _ -> throw new BehindAliasException(path);
        }
    }

    /// Thrown where a change would have to be made in more places than the one that is meant.
    static final class BehindAliasException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BehindAliasException(List<String> path) {
            super(String.join(".", path));
        }
    }

    private static Tree at(Tree root, List<String> path) {
        var tree = root;
        for (var name : path) {
            tree =
                    switch (tree) {
                        case Tree.Fields map -> map.get(name).value();
                        case Tree.Items list -> list.items().get(Integer.parseInt(name));
                        case Tree.Alias _, Tree.Text _ -> throw new BehindAliasException(path);
                    };
        }
        return tree;
    }

    private static int end(Tree.Fields map) {
        return map.fields().isEmpty()
                ? map.span().to() - 1
                : Math.max(
                        map.fields().getLast().key().span().to(),
                        map.fields().getLast().value().span().to());
    }

    private static int end(Tree.Items list) {
        return list.items().isEmpty() ? list.span().to() - 1 : list.items().getLast().span().to();
    }

    /// As JSON has it: text between double quotes only.
    private boolean isJson(Tree tree) {
        return switch (root) {
            case Tree.Fields map when map.flow() ->
                    !map.fields().isEmpty() && isQuoted(map.fields().getFirst().key());
            default ->
                    tree instanceof Tree.Fields map
                            && !map.fields().isEmpty()
                            && map.fields().stream().allMatch(f -> isQuoted(f.key()));
        };
    }

    private boolean isQuoted(Tree.Text key) {
        return !key.plain() && base.text().charAt(key.span().from()) == '"';
    }

    private void intoFlow(
            List<String> path,
            Tree target,
            boolean empty,
            int at,
            List<Change> changes,
            boolean json) {
        var flow = new FlowText(json);
        var text = new StringBuilder();
        for (var change : changes) {
            text.append(empty && text.isEmpty() ? "" : ",");
            var comments = comments(change);
            if (!comments.isEmpty()) {
                var indent = base.lineEnd() + " ".repeat(inside(target));
                comments.forEach(comment -> text.append(indent).append(comment));
                text.append(indent);
            } else if (!empty || text.length() > 0) {
                text.append(' ');
            }
            text.append(
                    change instanceof Change.Put put
                            ? flow.key(key(put.key())) + ": " + flow.of(Tree.of(put.value()))
                            : flow.of(Tree.of(change.value())));
        }
        edits.add(new Edit(at, at, text.toString(), path.size()));
    }

    /// Where a line of its own between the brackets begins.
    private int inside(Tree target) {
        int first =
                switch (target) {
                    case Tree.Items list when !list.items().isEmpty() ->
                            list.items().getFirst().span().from();
                    case Tree.Fields map when !map.fields().isEmpty() ->
                            map.fields().getFirst().key().span().from();
                    case Tree.Items _, Tree.Fields _, Tree.Text _, Tree.Alias _ ->
                            target.span().from();
                };
        var line = base.line(base.lineStart(target.span().from()));
        return base.beginsLine(first)
                ? base.column(first)
                : line.length() - line.stripLeading().length() + step;
    }

    private static Tree.Text key(String key) {
        return new Tree.Text(key, false, false, Tree.Span.MADE);
    }

    /// The comments of what comes in, which cannot stand inside a line.
    private List<String> comments(Change change) {
        return lines(change, 0).stream().flatMap(line -> Comments.in(line).stream()).toList();
    }

    private boolean canOpen(List<String> path) {
        return path.equals(RULES) && root instanceof Tree.Fields map && !map.flow();
    }

    /// Takes the brackets of an empty map away, and puts lines below it.
    private void open(List<String> path, Tree.Fields map, List<Change> changes) {
        int from = map.span().from();
        if (!map.span().anchor().isEmpty()
                || base.lineStart(from) != base.lineStart(map.span().to())) {
            intoFlow(path, map, true, end(map), changes, false);
            return;
        }
        int start = from;
        while (base.text().charAt(start - 1) == ' ') {
            start--;
        }
        edits.add(new Edit(start, map.span().to(), "", path.size()));
        var lines = new ArrayList<String>();
        changes.forEach(change -> lines.addAll(lines(change, step)));
        insertLines(map.span().to(), lines, path.size());
    }

    private void intoBlock(List<String> path, Tree target, List<Change> changes) {
        var lines = new ArrayList<String>();
        boolean spaced = isSpaced(path, target);
        for (var change : changes) {
            if (spaced) {
                lines.add("");
            }
            lines.addAll(lines(change, target.span().column()));
        }
        insertLines(target.span().to(), lines, path.size());
    }

    /// Whether blank lines stand between the keys already.
    private boolean isSpaced(List<String> path, Tree target) {
        if (!(path.isEmpty() || path.equals(RULES)) || !(target instanceof Tree.Fields map)) {
            return false;
        }
        for (int i = 1; i < map.fields().size(); i++) {
            int from = base.lineStart(map.fields().get(i).key().span().from());
            int before = Math.max(0, from - 1);
            for (int at = base.lineStart(before); at > 0; at = base.lineStart(at - 1)) {
                var line = base.line(at);
                if (line.isBlank()) {
                    return true;
                }
                if (!line.strip().startsWith("#")) {
                    break;
                }
            }
        }
        return false;
    }

    private void insertLines(int after, List<String> lines, int depth) {
        int at = base.afterLine(after);
        var end = base.lineEnd();
        boolean open = at == base.text().length() && !base.text().endsWith("\n");
        var text = String.join(end, lines);
        edits.add(new Edit(at, at, open ? end + text : text + end, depth));
    }

    private List<String> lines(Change change, int column) {
        return switch (change) {
            case Change.Put put -> put(put, column);
            case Change.Append append -> append(append, column);
            case Change.Replace _ -> List.of();
        };
    }

    private List<String> put(Change.Put put, int column) {
        if (verbatim && !put.origin().isEmpty()) {
            var origin = put.origin();
            var outer = at(addedRoot, origin.subList(0, origin.size() - 1));
            if (outer instanceof Tree.Fields map && !map.flow()) {
                var field = map.get(origin.getLast());
                if (!field.value().hasAnchors()) {
                    var key = Scalars.of(put.key(), false, false);
                    var spelling =
                            put.key().equals(field.key().text())
                                    ? added.text()
                                            .substring(
                                                    field.key().span().from(),
                                                    field.key().span().to())
                                    : key;
                    return Excerpt.field(added, map, field, spelling, column, step);
                }
            }
        }
        return new BlockText(step).field(key(put.key()), Tree.of(put.value()), column);
    }

    private List<String> append(Change.Append append, int column) {
        if (verbatim && !append.origin().isEmpty()) {
            var origin = append.origin();
            var outer = at(addedRoot, origin.subList(0, origin.size() - 1));
            if (outer instanceof Tree.Items list && !list.flow()) {
                var item = list.items().get(Integer.parseInt(origin.getLast()));
                var lines =
                        item.hasAnchors()
                                ? Optional.<List<String>>empty()
                                : Excerpt.item(added, list, item, column, step);
                if (lines.isPresent()) {
                    return lines.get();
                }
            }
        }
        return new BlockText(step).item(Tree.of(append.value()), column);
    }

    private void replace(Change.Replace replace) {
        var path = replace.path();
        var outer = at(root, path.subList(0, path.size() - 1));
        if (!(outer instanceof Tree.Fields map)) {
            throw new BehindAliasException(path);
        }
        var field = map.get(path.getLast());
        int from = field.key().span().from();
        int colon = base.text().indexOf(':', field.key().span().to());
        int to = Math.max(field.value().span().to(), colon + 1);
        var value = Tree.of(replace.value());
        boolean opens = !map.flow() && value instanceof Tree.Items;
        var text =
                opens
                        ? String.join(
                                        base.lineEnd(),
                                        new BlockText(step)
                                                .field(
                                                        key(replace.key()),
                                                        value,
                                                        map.span().column()))
                                .strip()
                        : new FlowText(isJson(map)).of(new Tree.Field(key(replace.key()), value));
        edits.add(new Edit(from, to, text, path.size()));
    }
}
