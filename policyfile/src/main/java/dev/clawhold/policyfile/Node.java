package dev.clawhold.policyfile;

import java.util.List;

/// A value of the file, with its place. Aliases stand as the values that they name.
sealed interface Node {
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

    record Items(List<Node> items, Place place, long size) implements Node {
        @Override
        public String kind() {
            return "it is a list";
        }
    }

    record Fields(List<Field> fields, Place place, long size) implements Node {
        @Override
        public String kind() {
            return "it is a map";
        }
    }

    /// One key and its value.
    record Field(Scalar key, Node value) {}
}
