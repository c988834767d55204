package dev.clawhold.policyfile.hash;

import dev.clawhold.policy.content.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Builds JSON values. One object is built by one thread.
final class JsonForm {
    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    JsonForm put(String key, JsonValue value) {
        members.put(key, value);
        return this;
    }

    JsonForm put(String key, String text) {
        return put(key, new JsonValue.Text(text));
    }

    JsonForm put(String key, boolean bool) {
        return put(key, new JsonValue.Bool(bool));
    }

    /// As text: a JSON number of RFC 8785 is a double, which does not hold every `long`.
    JsonForm put(String key, long number) {
        return put(key, Long.toString(number));
    }

    JsonForm put(String key, Enum<?> constant) {
        return put(key, constant.name());
    }

    /// Nothing where there is none.
    JsonForm put(String key, Optional<String> text) {
        text.ifPresent(t -> put(key, t));
        return this;
    }

    JsonValue value() {
        return new JsonValue.Fields(members);
    }

    static <T> JsonValue list(List<T> items, Function<T, JsonValue> form) {
        var values = new ArrayList<JsonValue>();
        items.forEach(item -> values.add(form.apply(item)));
        return new JsonValue.Items(values);
    }

    static JsonValue texts(List<String> texts) {
        return list(texts, JsonValue.Text::new);
    }

    static <T> JsonValue map(Map<String, T> map, Function<T, JsonValue> form) {
        var fields = new JsonForm();
        map.forEach((key, item) -> fields.put(key, form.apply(item)));
        return fields.value();
    }
}
