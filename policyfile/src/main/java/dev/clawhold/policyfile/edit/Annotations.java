package dev.clawhold.policyfile.edit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// Finds the comments of a text, and the key or item that each belongs to: the one on its line, the
/// one that follows, or, where it is indented deeper than what follows, the one above.
final class Annotations {
    /// A key, or an item of a list.
    ///
    /// @param column where it begins if it stands on a line of its own, else -1
    private record Element(Object what, int column, Optional<Element> parent) {}

    /// @param owner what the token belongs to
    private record Token(int from, int to, Element owner, boolean block) {}

    /// @param column of a comment alone on its line, else -1
    private record Line(String text, int column) {}

    private final Source source;
    private final IdentityHashMap<Object, Remarks> remarks = new IdentityHashMap<>();
    private final List<Token> tokens = new ArrayList<>();

    /// What follows everything.
    final List<String> foot = new ArrayList<>();

    /// All comments, in the order of the text.
    final List<String> all = new ArrayList<>();

    Annotations(Source source, Tree root) {
        this.source = source;
        collect(root, Optional.empty(), false);
        tokens.sort(Comparator.comparingInt(Token::from));
        int end = 0;
        for (int i = 0; i < tokens.size(); i++) {
            gap(end, tokens.get(i).from(), i);
            end = tokens.get(i).to();
            if (tokens.get(i).block()) {
                header(tokens.get(i));
            }
        }
        gap(end, source.text().length(), tokens.size());
    }

    Remarks of(Object element) {
        return remarks.getOrDefault(element, Remarks.NONE);
    }

    private Remarks at(Element element) {
        return remarks.computeIfAbsent(element.what(), _ -> new Remarks());
    }

    private void collect(Tree tree, Optional<Element> owner, boolean inFlow) {
        switch (tree) {
            case Tree.Text text -> token(text.span(), owner, text.block());
            case Tree.Alias alias -> token(alias.span(), owner, false);
            case Tree.Items list -> {
                boolean flow = inFlow || list.flow();
                for (var item : list.items()) {
                    int column = flow ? -1 : list.span().column();
                    collect(item, Optional.of(new Element(item, column, owner)), flow);
                }
            }
            case Tree.Fields map -> {
                boolean flow = inFlow || map.flow();
                int first =
                        map.fields().stream().mapToInt(f -> f.key().span().from()).min().orElse(0);
                for (var field : map.fields()) {
                    int column = flow ? -1 : map.span().column();
                    var element = new Element(field, column, owner);
                    // what stands before an item's first key stands before the item
                    boolean item =
                            field.key().span().from() == first
                                    && owner.isPresent()
                                    && owner.get().what() instanceof Tree;
                    var span = field.key().span();
                    tokens.add(new Token(span.from(), span.to(), element, false));
                    if (item && !flow) {
                        starts.put(element, owner.get());
                    }
                    collect(field.value(), Optional.of(element), flow);
                }
            }
        }
    }

    private final IdentityHashMap<Element, Element> starts = new IdentityHashMap<>();

    private void token(Tree.Span span, Optional<Element> owner, boolean block) {
        int to = block ? lastLine(span) : span.to();
        owner.ifPresent(o -> tokens.add(new Token(span.from(), to, o, block)));
    }

    /// The end of a block's last line that is not blank: its blank lines have no meaning of their
    /// own in the formatted text.
    private int lastLine(Tree.Span span) {
        int to = span.to();
        while (to > span.from() && Character.isWhitespace(source.text().charAt(to - 1))) {
            to--;
        }
        return Math.min(source.afterLine(to), span.to());
    }

    private void header(Token token) {
        Comments.in(source.line(token.from()))
                .ifPresent(comment -> {
                    all.add(comment);
                    at(token.owner()).beside.add(comment);
                });
    }

    private void gap(int from, int to, int next) {
        var lines = new ArrayList<Line>();
        boolean first = from > 0 && source.text().charAt(from - 1) != '\n';
        boolean dash = false;
        for (int at = from; at < to; ) {
            int end = Math.min(source.afterLine(at + 1), to);
            var text = source.text().substring(at, end);
            if (first) {
                beside(text, next - 1);
            } else {
                dash |= isDash(text);
                line(text, !dash, lines);
            }
            first = false;
            at = end;
        }
        attach(lines, next);
    }

    private static boolean isDash(String text) {
        return text.stripLeading().startsWith("-");
    }

    /// What follows a token on its line.
    private void beside(String text, int token) {
        comment(text)
                .ifPresent(comment -> {
                    all.add(comment);
                    var owner = tokens.get(token).owner();
                    int depth = 0;
                    for (char c : text.substring(0, text.indexOf('#')).toCharArray()) {
                        if (c == '[' || c == '{') {
                            depth++;
                        } else if ((c == ']' || c == '}') && depth-- <= 0) {
                            owner = owner.parent().orElse(owner);
                        }
                    }
                    at(owner).beside.add(comment);
                });
    }

    /// @param above whether what stands there can belong to what is above it
    private void line(String text, boolean above, List<Line> lines) {
        var comment = comment(text);
        if (comment.isPresent()) {
            all.add(comment.get());
            int column = text.indexOf('#');
            boolean alone = above && text.substring(0, column).isBlank();
            lines.add(new Line(comment.get(), alone ? column : -1));
        } else if (text.isBlank() && text.endsWith("\n")) {
            lines.add(new Line("", -1));
        }
    }

    private static Optional<String> comment(String text) {
        for (int i = text.indexOf('#'); i >= 0; i = text.indexOf('#', i + 1)) {
            if (i == 0 || Character.isWhitespace(text.charAt(i - 1))) {
                return Optional.of(text.substring(i).strip());
            }
        }
        return Optional.empty();
    }

    private void attach(List<Line> lines, int next) {
        boolean end = next == tokens.size();
        var following =
                end ? Optional.<Element>empty() : Optional.of(start(tokens.get(next).owner()));
        int column = following.map(Element::column).orElse(0);
        var blanks = new ArrayList<String>();
        boolean below = next > 0 && (end || column >= 0);
        for (var line : lines) {
            var above =
                    below && !line.text().isEmpty()
                            ? above(next - 1, line.column(), column)
                            : Optional.<Element>empty();
            if (line.text().isEmpty()) {
                blanks.add("");
            } else if (above.isPresent()) {
                at(above.get()).after.addAll(blanks);
                at(above.get()).after.add(line.text());
                blanks.clear();
            } else {
                below = false;
                var list = following.map(f -> at(f).before).orElse(foot);
                list.addAll(blanks);
                list.add(line.text());
                blanks.clear();
            }
        }
        if (column >= 0 || end) {
            following.map(f -> at(f).before).orElse(foot).addAll(blanks);
        }
    }

    private Element start(Element element) {
        var outer = starts.get(element);
        return outer == null ? element : start(outer);
    }

    /// The innermost of what ends above that a comment is not left of, if that is deeper than what
    /// follows.
    private Optional<Element> above(int token, int column, int following) {
        var element = Optional.of(tokens.get(token).owner());
        while (element.isPresent()
                && (element.get().column() < 0 || element.get().column() > column)) {
            element = element.get().parent();
        }
        return element.filter(e -> e.column() > following);
    }
}
