package dev.clawhold.policyfile.edit;

import java.util.ArrayList;
import java.util.HashMap;
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
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads a text that has been found sound into its tree.
final class TreeReader {
    private final ParserImpl parser;
    private final Source source;
    private final int[] offsets;
    private final Map<Anchor, Tree> anchors = new HashMap<>();

    private TreeReader(Source source) {
        this.source = source;
        var text = source.text();
        var settings =
                LoadSettings.builder()
                        .setUseMarks(true)
                        .setCodePointLimit(Integer.MAX_VALUE)
                        .setBufferSize(Math.max(text.length(), 1))
                        .build();
        this.parser = new ParserImpl(settings, new StreamReader(settings, text));
        this.offsets = offsets(text);
    }

    /// The library counts code points. Empty where they are characters.
    private static int[] offsets(String text) {
        int count = text.codePointCount(0, text.length());
        if (count == text.length()) {
            return new int[0];
        }
        var offsets = new int[count + 1];
        for (int i = 0, at = 0; i < count; i++) {
            offsets[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        offsets[count] = text.length();
        return offsets;
    }

    static Tree read(Source source) {
        var reader = new TreeReader(source);
        reader.parser.next(); // the stream's start
        reader.parser.next(); // the document's start
        return reader.tree(reader.parser.next());
    }

    private Tree tree(Event event) {
        return switch (event) {
            case AliasEvent alias ->
                    new Tree.Alias(
                            alias.getAlias().getValue(),
                            Optional.ofNullable(anchors.get(alias.getAlias())).orElseThrow(),
                            span(alias, end(alias), Optional.empty()));
            case ScalarEvent scalar -> {
                boolean block = scalar.isLiteral() || scalar.isFolded();
                var span = span(scalar, end(scalar), scalar.getAnchor());
                yield anchored(
                        scalar, new Tree.Text(scalar.getValue(), scalar.isPlain(), block, span));
            }
            case CollectionStartEvent start ->
                    anchored(
                            start,
                            start.getEventId() == Event.ID.SequenceStart
                                    ? items(start)
                                    : fields(start));
            default -> throw new IllegalStateException("no value begins with " + event);
        };
    }

    private Tree anchored(NodeEvent event, Tree tree) {
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, tree));
        return tree;
    }

    private Tree items(CollectionStartEvent start) {
        var items = new ArrayList<Tree>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(tree(parser.next()));
        }
        int end = end(parser.next());
        boolean flow = start.isFlow();
        int to = flow || items.isEmpty() ? end : items.getLast().span().to();
        int first = flow ? from(start) : dash(start);
        return new Tree.Items(items, flow, span(start, to, source.column(first)));
    }

    /// The first dash, behind an anchor and comments.
    private int dash(CollectionStartEvent start) {
        int at = from(start);
        if (start.getAnchor().isEmpty()) {
            return at;
        }
        at += start.getAnchor().get().getValue().length() + 1;
        while (source.text().charAt(at) != '-') {
            at = source.text().charAt(at) == '#' ? source.afterLine(at) : at + 1;
        }
        return at;
    }

    private Tree fields(CollectionStartEvent start) {
        var fields = new ArrayList<Tree.Field>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            var key = tree(parser.next()).resolved();
            var value = tree(parser.next());
            if (key instanceof Tree.Text text) {
                fields.add(new Tree.Field(text, value));
            }
        }
        int end = end(parser.next());
        boolean flow = start.isFlow();
        if (flow || fields.isEmpty()) {
            return new Tree.Fields(fields, flow, span(start, end, source.column(from(start))));
        }
        var last = fields.getLast();
        int to = Math.max(last.key().span().to(), last.value().span().to());
        int first = fields.getFirst().key().span().from();
        return new Tree.Fields(fields, flow, span(start, to, source.column(first)));
    }

    private Tree.Span span(CollectionStartEvent start, int to, int column) {
        var anchor = start.getAnchor().map(Anchor::getValue).orElse("");
        return new Tree.Span(from(start), to, column, anchor);
    }

    private Tree.Span span(Event event, int to, Optional<Anchor> anchor) {
        int from = from(event);
        var name = anchor.map(Anchor::getValue).orElse("");
        return new Tree.Span(from, to, source.column(from), name);
    }

    private int from(Event event) {
        return offset(event.getStartMark().orElseThrow());
    }

    private int end(Event event) {
        return offset(event.getEndMark().orElseThrow());
    }

    private int offset(Mark mark) {
        return offsets.length == 0 ? mark.getIndex() : offsets[mark.getIndex()];
    }
}
