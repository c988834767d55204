package dev.clawhold.policyfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Builds the tree of one document from the parser's events, and stops early where a file is built
/// to cost more than it is worth. Duplicate keys, merge keys and placeholders are told and left
/// out.
final class YamlReader {
    static final int DEEPEST = 32;
    static final int MOST_ALIASES = 1_000;
    static final long MOST_ALIASED = 100_000;

    /// Left inside this class: the text goes no further.
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super(null, null, false, false);
        }
    }

    private final StreamReader stream;
    private final ParserImpl parser;
    private final Problems problems;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private int depth;
    private int aliases;
    private long aliased;

    private YamlReader(String text, Problems problems) {
        // The reader copies its window for each buffer that one token needs: with one buffer for
        // all
        // it copies once (measured: a quoted text of 16 MiB took 33 s with the usual 1 KiB).
        var settings =
                LoadSettings.builder()
                        .setUseMarks(true)
                        .setCodePointLimit(Integer.MAX_VALUE)
                        .setBufferSize(Math.max(text.length(), 1))
                        .build();
        this.stream = new StreamReader(settings, text);
        this.parser = new ParserImpl(settings, stream);
        this.problems = problems;
    }

    /// The document's root; empty if there is none, which is told.
    static Optional<Node> read(String text, Problems problems) {
        if (!isPrintable(text, problems)) {
            return Optional.empty();
        }
        var reader = new YamlReader(text, problems);
        try {
            return reader.document();
        } catch (StoppedException _) {
            return Optional.empty();
        } catch (MarkedYamlEngineException e) {
            new YamlFault(text, e, problems).tell();
            return Optional.empty();
        } catch (YamlVersionException _) {
            problems.add(Place.START, Code.E01, "not YAML 1.2", "remove the `%YAML` line");
            return Optional.empty();
        } catch (YamlEngineException _) {
            // Some of the scanner's complaints have no mark of their own.
            var place = reader.stream.getMark().map(YamlReader::place).orElse(Place.START);
            problems.add(place, Code.E01, "not valid YAML: expected a key at a line's beginning");
            return Optional.empty();
        }
    }

    /// YAML 1.2 § 5.1.
    private static boolean isPrintable(String text, Problems problems) {
        int line = 1;
        int start = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            if (!StreamReader.isPrintable(c)) {
                problems.add(
                        new Place(line, text.codePointCount(start, at) + 1),
                        Code.E01,
                        String.format(Locale.ROOT, "not valid YAML: character U+%04X", c),
                        "remove it, or write it as an escape between double quotes");
                return false;
            }
            at += Character.charCount(c);
            if (c == '\n' || (c == '\r' && !text.startsWith("\n", at))) {
                line++;
                start = at;
            }
        }
        return true;
    }

    private Optional<Node> document() {
        next(); // the stream's start
        if (comes(Event.ID.StreamEnd)) {
            problems.add(Place.START, Code.E01, "the file is empty", "add `version: 1`");
            return Optional.empty();
        }
        next(); // the document's start
        var root = node(next());
        next(); // the document's end
        if (!comes(Event.ID.StreamEnd)) {
            throw stop(place(parser.peekEvent()), Code.E01, "a second document begins here");
        }
        return Optional.of(root);
    }

    private Event next() {
        comes(Event.ID.Alias); // so that what cannot be read is met there
        return parser.next();
    }

    private boolean comes(Event.ID id) {
        try {
            return parser.checkEvent(id);
        } catch (NumberFormatException _) {
            // the parser's own way to meet `\\UFFFFFFFF`; it does not say where
            throw stop(Place.START, Code.E01, "not valid YAML: an escape spells no character");
        }
    }

    private Node node(Event event) {
        return switch (event) {
            case AliasEvent alias -> alias(alias);
            case ScalarEvent scalar -> {
                noTag(scalar.getTag(), scalar);
                var node = new Node.Scalar(scalar.getValue(), scalar.isPlain(), place(scalar));
                checkText(node);
                yield anchored(scalar, node);
            }
            case CollectionStartEvent start -> {
                noTag(start.getTag(), start);
                if (++depth > DEEPEST) {
                    throw stop(place(start), Code.E18, "more than 32 levels of nesting");
                }
                var node =
                        start.getEventId() == Event.ID.SequenceStart ? items(start) : fields(start);
                depth--;
                yield anchored(start, node);
            }
            default -> throw new IllegalStateException("no value begins with " + event);
        };
    }

    private Node items(Event start) {
        var items = new ArrayList<Node>();
        long size = 1;
        while (!comes(Event.ID.SequenceEnd)) {
            var item = node(next());
            items.add(item);
            size += item.size();
        }
        next();
        return new Node.Items(List.copyOf(items), place(start), size);
    }

    private Node fields(Event start) {
        var fields = new ArrayList<Node.Field>();
        var keys = new HashMap<String, Place>();
        long size = 1;
        while (!comes(Event.ID.MappingEnd)) {
            var key = node(next());
            var value = node(next());
            size += key.size() + value.size();
            if (key instanceof Node.Scalar scalar) {
                if (isNew(scalar, keys)) {
                    fields.add(new Node.Field(scalar, value));
                }
            } else {
                problems.add(key.place(), Code.E01, "not valid YAML here: a key must be text");
            }
        }
        next();
        return new Node.Fields(List.copyOf(fields), place(start), size);
    }

    private boolean isNew(Node.Scalar key, Map<String, Place> keys) {
        if (key.plain() && key.text().equals("<<")) {
            problems.add(key.place(), Code.E03, "unknown key `<<`", "write the keys out");
            return false;
        }
        var first = keys.putIfAbsent(key.text(), key.place());
        if (first != null) {
            problems.add(
                    key.place(),
                    Code.E02,
                    "duplicate key " + Quote.of(key.text()) + ": first at line " + first.line(),
                    "merge the two or rename one");
        }
        return first == null;
    }

    private Node alias(AliasEvent event) {
        var node = anchors.get(event.getAlias());
        if (node == null) {
            throw stop(
                    place(event),
                    Code.E01,
                    "not valid YAML: no finished value has the anchor "
                            + Quote.of(event.getAlias().getValue()));
        }
        aliases++;
        aliased += node.size();
        if (aliases > MOST_ALIASES) {
            throw stop(place(event), Code.E18, "more than 1000 aliases");
        }
        if (aliased > MOST_ALIASED) {
            throw stop(place(event), Code.E18, "more than 100000 values through aliases");
        }
        return node;
    }

    private Node anchored(NodeEvent event, Node node) {
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    private void noTag(Optional<String> tag, Event event) {
        tag.ifPresent(text ->
                problems.add(
                        place(event),
                        Code.E01,
                        "tags are not part of this language: " + Quote.of(text),
                        "remove the tag"));
    }

    private void checkText(Node.Scalar node) {
        if (node.text().codePoints().anyMatch(YamlReader::isHalf)) {
            problems.add(
                    node.place(), Code.E01, "not valid YAML: an escape spells half a character");
        }
        int open = node.text().indexOf("${");
        int close = open < 0 ? -1 : node.text().indexOf('}', open);
        if (close > 0) {
            problems.add(
                    node.place(),
                    Code.E26,
                    Quote.of(node.text().substring(open, close + 1))
                            + " is not filled in: this is a template");
        }
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private StoppedException stop(Place place, Code code, String message) {
        problems.add(place, code, message);
        return new StoppedException();
    }

    private Place place(Event event) {
        return event.getStartMark()
                .map(YamlReader::place)
                .map(place -> new Place(problems.file(), place.line(), place.column()))
                .orElse(Place.START);
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
