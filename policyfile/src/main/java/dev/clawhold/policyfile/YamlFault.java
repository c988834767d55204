package dev.clawhold.policyfile;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// What the YAML library cannot read, in words for people who write policies: at the line that has
/// to change, as far as that can be told.
///
/// @param text of the file
record YamlFault(String text, MarkedYamlEngineException fault, Problems problems) {

    void tell() {
        var problem = fault.getProblem();
        var context = String.valueOf(fault.getContext());
        if (problem.contains("(TAB)")) {
            add(place(), "a tab cannot indent", "indent with spaces");
        } else if (context.contains("an alias")) {
            add(began(), "a bare `*` names an anchor", "put a text that begins with `*` in quotes");
        } else if (problem.startsWith("mapping values are not allowed")) {
            secondColon();
        } else if (problem.startsWith("expected <block end>")) {
            outOfPlace(problem);
        } else if (context.contains("simple key")) {
            noPair(began());
        } else if (context.contains("quoted scalar") && problem.contains("end of stream")) {
            add(began(), "a quote is not closed", "add the same quote where the text ends");
        } else if (problem.startsWith("expected `,`") || problem.startsWith("expected ','")) {
            unclosed(problem);
        } else {
            int advice = problem.indexOf(". (");
            var words = advice < 0 ? problem : problem.substring(0, advice);
            add(place(), words.replace('\'', '`') + since());
        }
    }

    /// A colon in a text, or a key that YAML takes for more of the text above it.
    private void secondColon() {
        var line = line(place());
        var above = place().line() > 1 ? line(new Place(place().line() - 1, 1)) : "";
        int column = Math.min(place().column() - 1, line.length());
        if (line.substring(0, column).contains(": ")) {
            add(place(), "a second `: ` in one line", "put a text that holds `: ` in quotes");
        } else if (isPairWithoutSpace(above)) {
            noPair(new Place(place().line() - 1, indentation(above) + 1));
        } else {
            add(
                    place(),
                    "this key continues the text above it",
                    "indent it like the keys beside it, and write a space after each `:`");
        }
    }

    private void noPair(Place place) {
        add(place, "this line is no `key: value`", "write a space after the `:`");
    }

    /// `key:value`; not an address such as `https://a.test`.
    private static boolean isPairWithoutSpace(String line) {
        var pair = line.substring(indentation(line));
        int colon = pair.indexOf(':');
        return colon > 0
                && colon + 1 < pair.length()
                && !pair.contains(": ")
                && !pair.contains("://");
    }

    /// How many characters stand before a line's text, the dashes of list items included.
    private static int indentation(String line) {
        int at = 0;
        while (at < line.length() && " -".indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private void outOfPlace(String problem) {
        if (problem.contains("<scalar>") || problem.contains("<flow")) {
            add(
                    place(),
                    "a text goes on behind its end",
                    "put a text with brackets, braces or quotes inside in quotes as a whole");
        } else if (problem.contains("-") && !problem.contains("start>")) {
            add(
                    place(),
                    "an item of a list cannot stand among keys",
                    "indent it like the items that it belongs beside");
        } else if (place().column() == began().column()) {
            add(
                    place(),
                    "a key cannot stand in the list" + since("that began"),
                    "indent it like the key that it belongs beside");
        } else {
            add(
                    place(),
                    "this line is indented like none above that it could belong to",
                    "indent it like the lines that it belongs beside");
        }
    }

    private void unclosed(String problem) {
        if (began().line() == place().line()) {
            add(place(), problem.replace('\'', '`'));
            return;
        }
        boolean map = problem.contains("}");
        add(
                began(),
                "`" + (map ? '{' : '[') + "` is not closed before line " + place().line(),
                "add a `" + (map ? '}' : ']') + "`, or a `,` between what it holds");
    }

    private void add(Place place, String message) {
        problems.add(place, Code.E01, "not valid YAML: " + message);
    }

    private void add(Place place, String message, String hint) {
        problems.add(place, Code.E01, "not valid YAML: " + message, hint);
    }

    private String since() {
        return began().line() < place().line() ? since(", in what began") : "";
    }

    private String since(String how) {
        return (how.startsWith(",") ? how : " " + how) + " at line " + began().line();
    }

    private Place place() {
        return place(fault.getProblemMark()).orElse(Place.START);
    }

    /// Where the construct begins that cannot be read.
    private Place began() {
        return place(fault.getContextMark()).orElseGet(this::place);
    }

    private static Optional<Place> place(Optional<Mark> mark) {
        return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1));
    }

    private String line(Place place) {
        List<String> lines = text.lines().toList();
        return place.line() <= lines.size() ? lines.get(place.line() - 1) : "";
    }
}
