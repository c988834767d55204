package dev.clawhold.policyfile;

import java.util.List;
import java.util.Optional;

/// A value of the file, with its place. Aliases stand as the values that they name.
public sealed interface Node {
    /// Where it begins.
    Place place();

    /// How many values it holds, itself and those behind aliases included.
    long size();

    /// What it is, for messages.
    String kind();

    /// Text, or what the core schema makes of it.
    ///
    /// @param plain whether it stands without quotes, so that the core schema gives it a type
    record Scalar(String text, boolean plain, Place place) implements Node {
        @Override
        public long size() {
            return 1;
        }

        @Override
        public String kind() {
            if (isNull()) {
                return "it is empty";
            }
            return (plain ? Quote.of(text) : Quote.of('"' + text + '"')) + " is text";
        }

        boolean isNull() {
            return plain
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }
    }

    /// A list.
    record Items(List<Node> items, Place place, long size) implements Node {
        @Override
        public String kind() {
            return "it is a list";
        }

        static Items of(List<Node> items, Place place) {
            return new Items(
                    List.copyOf(items), place, 1 + items.stream().mapToLong(Node::size).sum());
        }
    }

    /// A map, in the order of the file, without duplicate keys.
    record Fields(List<Field> fields, Place place, long size) implements Node {
        @Override
        public String kind() {
            return "it is a map";
        }

        static Fields of(List<Field> fields, Place place) {
            return new Fields(
                    List.copyOf(fields),
                    place,
                    1 + fields.stream().mapToLong(f -> 1 + f.value().size()).sum());
        }

        /// The value of a key.
        public Optional<Node> get(String key) {
            return fields.stream()
                    .filter(field -> field.key().text().equals(key))
                    .map(Field::value)
                    .findFirst();
        }
    }

    /// One key and its value.
    record Field(Scalar key, Node value) {}
}
