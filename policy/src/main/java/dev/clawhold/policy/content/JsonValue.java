package dev.clawhold.policy.content;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One JSON value (RFC 8259), immutable.
public sealed interface JsonValue {

    /// A string, its escapes resolved; never with a lone surrogate when it was read.
    record Text(String value) implements JsonValue {}

    /// A number. Two spellings of one number are two values.
    ///
    /// @param text as it was written, so that nothing is lost to a precision
    record Numeral(String text) implements JsonValue {}

    /// `true` or `false`.
    record Bool(boolean value) implements JsonValue {}

    /// `null`.
    record Null() implements JsonValue {}

    /// An array.
    record Items(List<JsonValue> values) implements JsonValue {

        /// Copies the values.
        public Items {
            values = List.copyOf(values);
        }
    }

    /// An object; each key stands once.
    ///
    /// @param members in the order in which they were written, which equality ignores
    record Fields(Map<String, JsonValue> members) implements JsonValue {

        /// Copies the members.
        public Fields {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// The value of a key, if it is there.
        public Optional<JsonValue> get(String key) {
            return Optional.ofNullable(members.get(key));
        }

        /// Whether a key is this name but for letter case. Some servers take such a key for the
        /// name, so that a reader who looks at the name alone would see another message.
        public boolean hasVariantOf(String name) {
            return members.keySet().stream()
                    .anyMatch(key -> key.equalsIgnoreCase(name) && !key.equals(name));
        }
    }
}
