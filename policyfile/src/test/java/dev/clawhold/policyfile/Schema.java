package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Checks values by the keywords of JSON Schema (2020-12) that the language's schema uses. A
/// keyword that it does not know fails the test: nothing passes unchecked.
final class Schema {
    private static final Set<String> NOTES =
            Set.of("$schema", "$defs", "title", "description", "default", "deprecated");

    private final Map<?, ?> root;

    Schema(String json) {
        // JSON is YAML
        root = (Map<?, ?>) read(json);
    }

    /// A document as the YAML library alone reads it.
    static Object read(String text) {
        var load = new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
        return Objects.requireNonNullElse(load.loadFromString(text), "");
    }

    boolean accepts(Object document) {
        return accepts(root, document);
    }

    /// The part of the schema at some keys, with references followed.
    Map<?, ?> at(List<String> keys) {
        Map<?, ?> part = root;
        for (var key : keys) {
            part = resolved((Map<?, ?>) child(part, key));
        }
        return part;
    }

    private static Object child(Map<?, ?> part, String key) {
        var properties = part.get("properties");
        var child = properties instanceof Map<?, ?> map ? map.get(key) : null;
        return Optional.<Object>ofNullable(child != null ? child : part.get(key)).orElseThrow();
    }

    /// Every part that is a map of named keys.
    Set<Map<?, ?>> objects() {
        var found = new LinkedHashSet<Map<?, ?>>();
        collect(root, found);
        return found;
    }

    private static void collect(Object part, Set<Map<?, ?>> found) {
        switch (part) {
            case Map<?, ?> map -> {
                if (map.get("properties") instanceof Map<?, ?>) {
                    found.add(map);
                }
                map.values().forEach(value -> collect(value, found));
            }
            case List<?> list -> list.forEach(item -> collect(item, found));
            default -> {}
        }
    }

    Map<?, ?> resolved(Map<?, ?> part) {
        return part.get("$ref") instanceof String ref
                ? map(map(root, "$defs"), ref.substring("#/$defs/".length()))
                : part;
    }

    /// The map at a key that is there.
    static Map<?, ?> map(Map<?, ?> map, Object key) {
        return (Map<?, ?>) Optional.<Object>ofNullable(map.get(key)).orElseThrow();
    }

    private boolean accepts(Map<?, ?> schema, Object value) {
        return schema.entrySet().stream()
                .allMatch(
                        entry -> accepts(schema, (String) entry.getKey(), entry.getValue(), value));
    }

    private boolean accepts(Map<?, ?> schema, String keyword, Object rule, Object value) {
        return switch (keyword) {
            case "$ref" -> accepts(resolved(schema), value);
            case "anyOf" -> list(rule).anyMatch(option -> accepts((Map<?, ?>) option, value));
            case "const" -> rule.equals(value);
            case "enum" -> ((List<?>) rule).contains(value);
            case "type" ->
                    list(rule instanceof List<?> ? rule : List.of(rule))
                            .anyMatch(type -> isA((String) type, value));
            case "pattern" ->
                    !(value instanceof String text)
                            || Pattern.compile((String) rule).matcher(text).find();
            case "minimum" -> !(value instanceof Number n) || n.doubleValue() >= number(rule);
            case "maximum" -> !(value instanceof Number n) || n.doubleValue() <= number(rule);
            case "exclusiveMinimum" ->
                    !(value instanceof Number n) || n.doubleValue() > number(rule);
            case "minItems" -> !(value instanceof List<?> l) || l.size() >= number(rule);
            case "maxItems" -> !(value instanceof List<?> l) || l.size() <= number(rule);
            case "minLength" -> !(value instanceof String s) || s.length() >= number(rule);
            case "maxLength" -> !(value instanceof String s) || s.length() <= number(rule);
            case "maxProperties" -> !(value instanceof Map<?, ?> m) || m.size() <= number(rule);
            case "required" ->
                    !(value instanceof Map<?, ?> map)
                            || list(rule).allMatch(key -> map.containsKey(key));
            case "items" ->
                    !(value instanceof List<?> items)
                            || items.stream().allMatch(item -> accepts((Map<?, ?>) rule, item));
            case "propertyNames" ->
                    !(value instanceof Map<?, ?> map)
                            || map.keySet().stream()
                                    .allMatch(key -> accepts((Map<?, ?>) rule, key));
            case "properties", "additionalProperties" -> members(schema, keyword, value);
            default -> {
                assertThat(NOTES).contains(keyword);
                yield true;
            }
        };
    }

    private boolean members(Map<?, ?> schema, String keyword, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return true;
        }
        var named =
                schema.get("properties") instanceof Map<?, ?> properties
                        ? properties
                        : Map.<Object, Object>of();
        if (keyword.equals("properties")) {
            return map.entrySet().stream()
                    .filter(field -> named.containsKey(field.getKey()))
                    .allMatch(field -> accepts(map(named, field.getKey()), field.getValue()));
        }
        var others = schema.get("additionalProperties");
        return map.entrySet().stream()
                .filter(field -> !named.containsKey(field.getKey()))
                .allMatch(field ->
                        others instanceof Map<?, ?> each && accepts(each, field.getValue()));
    }

    private static Stream<?> list(Object rule) {
        return ((List<?>) rule).stream();
    }

    private static double number(Object rule) {
        return ((Number) rule).doubleValue();
    }

    private static boolean isA(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Number n && n.doubleValue() % 1 == 0;
            default -> throw new AssertionError(type);
        };
    }
}
