package dev.clawhold.policy.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The structure of a JSON text: values, arrays, objects. One use, one thread.
final class JsonReader {
    private static final int DEEPEST = 128;
    private static final int MOST_VALUES = 262_144;

    private final JsonScanner scanner;
    private int values;

    JsonReader(String text) {
        scanner = new JsonScanner(text);
    }

    JsonValue document() throws MalformedException {
        if (scanner.peek() == '\uFEFF') {
            throw scanner.malformed("a byte order mark");
        }
        scanner.skipSpace();
        var value = value(0);
        scanner.skipSpace();
        if (!scanner.atEnd()) {
            throw scanner.malformed("more text after the value");
        }
        return value;
    }

    /// INVARIANT: `depth` arrays and objects are open, so this calls itself 128 times at most.
    private JsonValue value(int depth) throws MalformedException {
        values++;
        if (values > MOST_VALUES) {
            throw scanner.malformed("more than 262144 values");
        }
        int c = scanner.peek();
        return switch (c) {
            case '"' -> new JsonValue.Text(scanner.string());
            case '[' -> new JsonValue.Items(items(deeper(depth)));
            case '{' -> new JsonValue.Fields(members(deeper(depth)));
            case 't' -> literal("true", new JsonValue.Bool(true));
            case 'f' -> literal("false", new JsonValue.Bool(false));
            case 'n' -> literal("null", new JsonValue.Null());
            default -> new JsonValue.Numeral(scanner.number());
        };
    }

    private int deeper(int depth) throws MalformedException {
        if (depth == DEEPEST) {
            throw scanner.malformed("more than 128 levels");
        }
        return depth + 1;
    }

    private JsonValue literal(String word, JsonValue value) throws MalformedException {
        scanner.expect(word);
        return value;
    }

    private List<JsonValue> items(int depth) throws MalformedException {
        scanner.expect("[");
        scanner.skipSpace();
        var items = new ArrayList<JsonValue>();
        if (scanner.take(']')) {
            return items;
        }
        do {
            scanner.skipSpace();
            items.add(value(depth));
            scanner.skipSpace();
        } while (scanner.take(','));
        scanner.expect("]");
        return items;
    }

    private Map<String, JsonValue> members(int depth) throws MalformedException {
        scanner.expect("{");
        scanner.skipSpace();
        var members = new LinkedHashMap<String, JsonValue>();
        if (scanner.take('}')) {
            return members;
        }
        do {
            scanner.skipSpace();
            member(depth, members);
            scanner.skipSpace();
        } while (scanner.take(','));
        scanner.expect("}");
        return members;
    }

    private void member(int depth, Map<String, JsonValue> into) throws MalformedException {
        int start = scanner.at();
        var key = scanner.string();
        if (into.containsKey(key)) {
            throw new MalformedException("a key is repeated", start);
        }
        scanner.skipSpace();
        scanner.expect(":");
        scanner.skipSpace();
        into.put(key, value(depth));
    }
}
