package dev.clawhold.policyfile;

import dev.clawhold.policy.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// One map of the file, with the keys that it may have. Reading a value of the wrong type tells the
/// problem and answers as if the key were absent.
final class Section {
    private final Node.Fields node;
    private final Place place;
    private final Problems problems;

    private Section(Node.Fields node, Place place, Problems problems) {
        this.node = node;
        this.place = place;
        this.problems = problems;
    }

    /// A map with these keys and no others.
    ///
    /// @param name what the value is called, as messages say it
    /// @param noun what has the keys, with its article
    static Optional<Section> of(
            Node node, String name, String noun, Problems problems, List<String> keys) {
        return map(node, name, problems)
                .map(section -> {
                    section.refuseOthers(noun, keys);
                    return section;
                });
    }

    /// A map whose keys are names of the operator's choice.
    static Optional<Section> map(Node node, String name, Problems problems) {
        if (node instanceof Node.Fields fields) {
            return Optional.of(new Section(fields, fields.place(), problems));
        }
        var message = name + " must be a map: " + node.kind();
        if (node instanceof Node.Scalar scalar && scalar.isNull()) {
            problems.add(
                    node.place(),
                    Code.E04,
                    message,
                    "indent what belongs into it, or write `{}` for nothing");
        } else {
            problems.add(node.place(), Code.E04, message);
        }
        return Optional.empty();
    }

    private void refuseOthers(String noun, List<String> keys) {
        int refused = 0;
        for (var field : node.fields()) {
            var key = field.key().text();
            if (!keys.contains(key) && refused++ < Problems.MOST) {
                var message = "unknown key " + Quote.of(key) + " in " + noun;
                var home = KeyHome.of(key).filter(other -> !other.equals(noun));
                if (home.isPresent()) {
                    problems.add(
                            field.key().place(),
                            Code.E03,
                            message,
                            "it belongs into " + home.get() + ": check the indentation");
                } else {
                    var nearest = Spelling.nearest(key, keys);
                    problems.add(field.key().place(), Code.E03, message + suggestion(nearest));
                }
            }
        }
    }

    static String suggestion(Optional<String> nearest) {
        return nearest.map(word -> ": did you mean `" + word + "`?").orElse("");
    }

    Place place() {
        return place;
    }

    List<Node.Field> fields() {
        return node.fields();
    }

    boolean has(String key) {
        return get(key).isPresent();
    }

    Optional<Node> get(String key) {
        return field(key).map(Node.Field::value);
    }

    /// Where the key stands, or the map if it is absent.
    Place place(String key) {
        return field(key).map(field -> field.key().place()).orElse(place);
    }

    /// Where the key's value begins, or the map if it is absent.
    Place valuePlace(String key) {
        return get(key).map(Node::place).orElse(place);
    }

    private Optional<Node.Field> field(String key) {
        for (var field : node.fields()) {
            if (field.key().text().equals(key)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    Optional<Node.Scalar> scalar(String key, String expected) {
        return get(key).flatMap(value -> scalar(value, key, expected));
    }

    Optional<Node.Scalar> scalar(Node value, String name, String expected) {
        if (value instanceof Node.Scalar scalar && !scalar.isNull()) {
            return Optional.of(scalar);
        }
        wrongType(value, name, expected);
        return Optional.empty();
    }

    void wrongType(Node value, String name, String expected) {
        problems.add(value.place(), Code.E04, name + " must be " + expected + ": " + value.kind());
    }

    Optional<String> text(String key) {
        return scalar(key, "text").map(Node.Scalar::text);
    }

    Optional<Boolean> bool(String key) {
        var scalar = scalar(key, "true or false");
        var value = scalar.flatMap(Values::bool);
        if (scalar.isPresent() && value.isEmpty()) {
            wrongType(scalar.get(), key, "true or false");
        }
        return value;
    }

    boolean bool(String key, boolean otherwise) {
        return bool(key).orElse(otherwise);
    }

    OptionalLong whole(String key, long least, long most) {
        var value = get(key);
        return value.isPresent() ? whole(value.get(), key, least, most) : OptionalLong.empty();
    }

    OptionalLong whole(Node value, String name, long least, long most) {
        var expected = "a whole number from " + least + " to " + most;
        var scalar = scalar(value, name, expected);
        if (scalar.isEmpty()) {
            return OptionalLong.empty();
        }
        var number = Values.whole(scalar.get());
        if (number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most) {
            return number;
        }
        if (number.isPresent()) {
            var shown = Quote.of(scalar.get().text());
            problems.add(value.place(), Code.E04, name + " must be " + expected + ", not " + shown);
        } else if (Values.whole(new Node.Scalar(scalar.get().text(), true, value.place()))
                .isPresent()) {
            var message = name + " must be " + expected + ": " + value.kind();
            problems.add(value.place(), Code.E04, message, "remove the quotes");
        } else {
            wrongType(value, name, expected);
        }
        return OptionalLong.empty();
    }

    OptionalInt count(String key, int least, int most) {
        var value = whole(key, least, most);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    /// The value of one of some words. An unknown word is told, with the nearest that is known.
    <T> Optional<T> choice(String key, Map<String, T> words) {
        var scalar = scalar(key, "one of " + list(words));
        var value = scalar.flatMap(word -> Optional.ofNullable(words.get(word.text())));
        if (scalar.isPresent() && value.isEmpty()) {
            notOneOf(scalar.get(), key, words.keySet().stream().sorted().toList());
        }
        return value;
    }

    void notOneOf(Node.Scalar value, String name, List<String> words) {
        var nearest = Spelling.nearest(value.text(), words).or(() -> otherCase(value, words));
        var message = name + " cannot be " + Quote.of(value.text());
        if (nearest.isPresent()) {
            problems.add(value.place(), Code.E05, message + suggestion(nearest));
        } else {
            var possible = words.stream().map(w -> "`" + w + "`").collect(Collectors.joining(", "));
            problems.add(value.place(), Code.E05, message, "possible: " + possible);
        }
    }

    private static Optional<String> otherCase(Node.Scalar value, List<String> words) {
        return words.stream().filter(word -> word.equalsIgnoreCase(value.text())).findFirst();
    }

    private static String list(Map<String, ?> words) {
        return words.keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    /// The items of a list; none if the key is absent.
    List<Node> items(String key) {
        return get(key).map(value -> items(value, key)).orElse(List.of());
    }

    List<Node> items(Node value, String name) {
        if (value instanceof Node.Items list) {
            return list.items();
        }
        var message = name + " must be a list: " + value.kind();
        problems.add(value.place(), Code.E04, message, "begin each item with `- `");
        return List.of();
    }

    /// The items of a list of texts.
    List<Node.Scalar> texts(String key) {
        var texts = new ArrayList<Node.Scalar>();
        for (var item : items(key)) {
            scalar(item, "an item of " + key, "text").ifPresent(texts::add);
        }
        return texts;
    }

    /// Tells that a list is longer than it may be.
    void bound(String key, int size, int most) {
        if (size > most) {
            problems.add(place(key), Code.E18, "more than " + most + " items in " + Quote.of(key));
        }
    }

    /// Tells that a list holds nothing where that has no use.
    ///
    /// @param so what follows of it
    void refuseEmpty(String key, String so) {
        if (get(key).filter(n -> n instanceof Node.Items l && l.items().isEmpty()).isPresent()) {
            problems.add(valuePlace(key), Code.E08, key + " is empty: " + so);
        }
    }

    /// Tells that something required is absent.
    void require(String key) {
        if (!has(key)) {
            problems.add(place, Code.E06, key + " is missing");
        }
    }

    /// Tells that two keys stand beside each other that must not, at the lower one.
    void exclude(String one, String other) {
        if (has(one) && has(other)) {
            boolean last = place(one).line() > place(other).line();
            problems.add(
                    place(last ? one : other),
                    Code.E07,
                    one + " and " + other + " exclude each other",
                    "remove one of the two");
        }
    }

    Optional<Section> section(String key, String noun, List<String> keys) {
        return get(key).flatMap(value -> of(value, key, noun, problems, keys));
    }
}
