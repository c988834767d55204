package dev.clawhold.policy.glob;

import static java.lang.Character.isLetterOrDigit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Reads one pattern without braces into the elements of its machine.
final class GlobText {
    static final int MOST_ALTERNATIVES = 64;
    private static final String PLAIN_IN_PATHS = "-._~!$&'()*+,;=:@/";

    /// Left inside this class and its caller: what is wrong with a pattern.
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message, null, false, false);
        }

        String message() {
            return String.valueOf(getMessage());
        }
    }

    /// What one alternative holds.
    ///
    /// @param loose whether `**` stands beside other characters
    /// @param literal whether every element is one given unit
    record Reading(List<Nfa.Element> elements, boolean loose, boolean literal) {}

    private final Glob.Kind kind;
    private final String text;
    private final List<Nfa.Element> elements = new ArrayList<>();
    private int at;
    private boolean loose;
    private boolean literal = true;

    GlobText(Glob.Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /// Expands `{a,b}` as text; braces do not nest.
    static List<String> alternatives(String text) throws MalformedException {
        var heads = new ArrayList<>(List.of(""));
        int from = 0;
        int open = unescaped(text, "{", from);
        while (open < text.length()) {
            int close = unescaped(text, "}", open);
            if (close == text.length()) {
                throw new MalformedException("`{` is not closed in `" + text + "`");
            }
            if (unescaped(text, "{", open + 1) < close) {
                throw new MalformedException("braces are nested in `" + text + "`");
            }
            var next = new ArrayList<String>();
            for (var choice : choices(text.substring(open + 1, close))) {
                for (var head : heads) {
                    next.add(head + text.substring(from, open) + choice);
                }
            }
            if (next.size() > MOST_ALTERNATIVES) {
                throw new MalformedException("more than 64 alternatives in `" + text + "`");
            }
            heads = next;
            from = close + 1;
            open = unescaped(text, "{", from);
        }
        var tail = text.substring(from);
        return heads.stream().map(head -> head + tail).toList();
    }

    private static List<String> choices(String body) {
        var choices = new ArrayList<String>();
        int from = 0;
        while (from <= body.length()) {
            int comma = unescaped(body, ",", from);
            choices.add(body.substring(from, comma));
            from = comma + 1;
        }
        return choices;
    }

    /// Where the character next stands without a `\` before it, or the text's length.
    private static int unescaped(String text, String character, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != character.charAt(0)) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, text.length());
    }

    Reading read() throws MalformedException {
        if (kind == Glob.Kind.PATH) {
            checkPath();
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '*' -> stars();
                case '?' -> add(new Nfa.Element.Any(separator()));
                case '[' -> set();
                case '\\' -> escaped();
                default -> plain();
            }
        }
        return new Reading(List.copyOf(elements), loose, literal);
    }

    private void checkPath() throws MalformedException {
        if (text.indexOf(';') >= 0) {
            throw new MalformedException("`;` never reaches a path: `" + text + "`");
        }
        if (text.contains("//")) {
            throw new MalformedException("`//` never reaches a path: `" + text + "`");
        }
        for (var segment : text.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new MalformedException("dot segments never reach a path: `" + text + "`");
            }
        }
    }

    private int separator() {
        return switch (kind) {
            case HOST -> '.';
            case PATH, BINARY -> '/';
            case VALUE -> Nfa.NO_SEPARATOR;
        };
    }

    private void add(Nfa.Element element) {
        literal = false;
        elements.add(element);
        at++;
    }

    private void stars() {
        int end = at;
        while (end < text.length() && text.charAt(end) == '*') {
            end++;
        }
        int separator = separator();
        boolean startsSegment = at == 0 || text.charAt(at - 1) == separator;
        boolean last = end == text.length();
        boolean segment = startsSegment && (last || text.charAt(end) == separator);
        boolean whole = end - at == 2 && segment && kind != Glob.Kind.VALUE;
        loose |= end - at >= 2 && !whole && kind != Glob.Kind.VALUE;
        if (!whole) {
            elements.add(new Nfa.Element.Run(separator));
        } else if (last) {
            elements.add(new Nfa.Element.Run(Nfa.NO_SEPARATOR));
        } else if (kind == Glob.Kind.HOST) {
            elements.add(new Nfa.Element.Any(Nfa.NO_SEPARATOR));
            elements.add(new Nfa.Element.Run(Nfa.NO_SEPARATOR));
        } else {
            elements.add(new Nfa.Element.SegmentsStart());
            elements.add(new Nfa.Element.Segments(separator));
            end++; // the separator belongs to the segments
        }
        literal = false;
        at = end;
    }

    private void escaped() throws MalformedException {
        if (at + 1 == text.length()) {
            throw new MalformedException("`\\` ends `" + text + "`");
        }
        at++;
        literalUnit();
    }

    private void plain() throws MalformedException {
        if (kind == Glob.Kind.PATH && text.charAt(at) == '%') {
            triplet();
        } else {
            literalUnit();
        }
    }

    private void literalUnit() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        if (kind == Glob.Kind.PATH && !isPlainInPaths(c)) {
            for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                elements.add(new Nfa.Element.One(Nfa.TRIPLET | (b & 255)));
            }
        } else {
            elements.add(new Nfa.Element.One(c));
        }
    }

    private void triplet() throws MalformedException {
        int value = Nfa.hexPair(text, at + 1);
        if (value < 0) {
            throw new MalformedException("`%` needs two hexadecimal digits in `" + text + "`");
        }
        elements.add(
                new Nfa.Element.One(
                        isPlainInPaths(value) && value != '/' ? value : Nfa.TRIPLET | value));
        at += 3;
    }

    /// Whether a request path in canonical form has the character itself, not its triplet.
    static boolean isPlainInPaths(int c) {
        return c < 128 && (isLetterOrDigit(c) || PLAIN_IN_PATHS.indexOf(c) >= 0);
    }

    private void set() throws MalformedException {
        if (kind == Glob.Kind.HOST) {
            throw new MalformedException("`[` is not possible in the host `" + text + "`");
        }
        int i = at + 1;
        boolean negated = i < text.length() && (text.charAt(i) == '!' || text.charAt(i) == '^');
        if (negated) {
            i++;
        }
        var ranges = new ArrayList<Nfa.Range>();
        while (i < text.length() && text.charAt(i) != ']') {
            i = range(i, ranges);
        }
        if (i >= text.length()) {
            throw new MalformedException("`[` is not closed in `" + text + "`");
        }
        if (ranges.isEmpty()) {
            throw new MalformedException("`[]` is empty in `" + text + "`");
        }
        if (kind == Glob.Kind.PATH && !ranges.stream().allMatch(GlobText::isPlainInPaths)) {
            throw new MalformedException(
                    "a set in the path `"
                            + text
                            + "` holds what paths write as an escape: write alternatives in"
                            + " braces");
        }
        at = i;
        add(new Nfa.Element.OneOf(List.copyOf(ranges), negated, separator()));
    }

    /// A unit of a path that is an escape equals no character of a set.
    private static boolean isPlainInPaths(Nfa.Range range) {
        return range.last() < 128
                && IntStream.rangeClosed(range.first(), range.last())
                        .allMatch(GlobText::isPlainInPaths);
    }

    /// Reads one member of a set and tells where the next begins.
    private int range(int from, List<Nfa.Range> into) throws MalformedException {
        int i = text.charAt(from) == '\\' ? from + 1 : from;
        if (i >= text.length()) {
            throw new MalformedException("`\\` ends `" + text + "`");
        }
        int first = text.codePointAt(i);
        i += Character.charCount(first);
        boolean range = i + 1 < text.length() && text.charAt(i) == '-' && text.charAt(i + 1) != ']';
        if (!range) {
            into.add(new Nfa.Range(first, first));
            return i;
        }
        int last = text.codePointAt(i + 1);
        if (last < first) {
            throw new MalformedException("a range runs backwards in `" + text + "`");
        }
        into.add(new Nfa.Range(first, last));
        return i + 1 + Character.charCount(last);
    }
}
