package dev.clawhold.policyfile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Texts by their paths, and presets by their names.
record MapSources(Map<String, String> files, Map<String, String> named) implements Sources {
    @Override
    public Found file(String path, String from) {
        var file = Path.of(from).resolveSibling(path).normalize().toString();
        return found(file, Optional.ofNullable(files.get(file)));
    }

    @Override
    public Found preset(String name) {
        return found("preset " + name, Optional.ofNullable(named.get(name)));
    }

    @Override
    public List<String> presets() {
        return List.copyOf(named.keySet());
    }

    private static Found found(String file, Optional<String> text) {
        return text.map(t -> Content.of(t.getBytes(StandardCharsets.UTF_8)))
                .<Found>map(content -> new Found.Text(file, content))
                .orElse(new Found.Absent());
    }
}
