package dev.clawhold.policyfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The policies that come with Clawhold, to be extended or merged by their names. The file `index`
/// beside them lists the names, one a line.
public final class Presets {
    private Presets() {}

    /// All names, sorted.
    public static List<String> names() {
        return resource("index")
                .map(index -> new String(index.bytes(), StandardCharsets.UTF_8))
                .map(text -> text.lines().filter(line -> !line.isBlank()).sorted().toList())
                .orElse(List.of());
    }

    /// The text of a preset; empty if there is none of the name.
    public static Optional<Content> bytes(String name) {
        return names().contains(name) ? resource(name + ".yaml") : Optional.empty();
    }

    /// What a preset says of itself in its header; empty without one, and for a name that is none.
    public static String description(String name) {
        return bytes(name)
                .flatMap(text -> PolicyFile.tree(name, text.bytes()).root())
                .flatMap(root -> field(root, "preset"))
                .flatMap(preset -> field(preset, "description"))
                .map(node -> node instanceof Node.Scalar scalar ? scalar.text() : "")
                .orElse("");
    }

    private static Optional<Node> field(Node node, String key) {
        return node instanceof Node.Fields map ? map.get(key) : Optional.empty();
    }

    private static Optional<Content> resource(String name) {
        try (var in = Presets.class.getResourceAsStream("presets/" + name)) {
            return in == null ? Optional.empty() : Optional.of(Content.of(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the preset `" + name + "`", e);
        }
    }
}
