package dev.clawhold.policy.glob;

import java.util.List;

/// What can be said about a text by its beginning and end alone, which for most patterns is all:
/// they are plain, or plain but for one `*`.
///
/// @param head the given characters that every matching text begins with
/// @param tail those behind the last element that is not a given character
/// @param between how many elements stand between both
/// @param run whether that is one `*` or a last `**`, with its separator
record Ends(String head, String tail, int between, boolean run, int separator) {

    enum Judgement {
        YES,
        NO,
        /// The machine has to run.
        OPEN
    }

    static Ends of(List<Nfa.Element> elements) {
        int size = elements.size();
        int first = 0;
        while (first < size && isPlain(elements.get(first))) {
            first++;
        }
        int last = size;
        while (last > first && isPlain(elements.get(last - 1))) {
            last--;
        }
        boolean run = last - first == 1 && elements.get(first) instanceof Nfa.Element.Run;
        int separator =
                run && elements.get(first) instanceof Nfa.Element.Run(int s) ? s : Nfa.NO_SEPARATOR;
        return new Ends(
                text(elements.subList(0, first)),
                text(elements.subList(last, size)),
                last - first,
                run,
                separator);
    }

    /// Half of a surrogate pair is no character: in a text it could be a part of one.
    private static boolean isPlain(Nfa.Element element) {
        return element instanceof Nfa.Element.One(int unit)
                && unit < Character.MIN_SUPPLEMENTARY_CODE_POINT
                && !Character.isSurrogate((char) unit);
    }

    private static String text(List<Nfa.Element> plain) {
        var text = new StringBuilder();
        for (var element : plain) {
            if (element instanceof Nfa.Element.One(int unit)) {
                text.append((char) unit);
            }
        }
        return text.toString();
    }

    /// @param triplets whether a triplet is one unit, so that the end may lie inside of one
    Judgement judge(String text, boolean triplets) {
        if (!text.startsWith(head)) {
            return Judgement.NO;
        }
        if (between == 0) {
            return text.length() == head.length() ? Judgement.YES : Judgement.NO;
        }
        int end = text.length() - tail.length();
        if (end < head.length() || !text.endsWith(tail)) {
            return Judgement.NO;
        }
        if (!run || (triplets && !tail.isEmpty() && text.indexOf('%') >= 0)) {
            return Judgement.OPEN;
        }
        int at = separator == Nfa.NO_SEPARATOR ? -1 : text.indexOf(separator, head.length());
        return at < 0 || at >= end ? Judgement.YES : Judgement.NO;
    }
}
