package dev.clawhold.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is written down about one sandbox: enough to end it, whoever is left.
///
/// @param supervisor the process that started it
/// @param keeper empty until it is forked
/// @param init its pid 1; empty until it has said that it is up
/// @param groups the control groups' directories
record RegistryEntry(
        String name,
        ProcessId supervisor,
        Optional<ProcessId> keeper,
        Optional<ProcessId> init,
        List<String> groups) {
    RegistryEntry {
        groups = List.copyOf(groups);
    }

    /// Whether its name is in use.
    boolean lives() {
        return supervisor.lives() || keeper.filter(ProcessId::lives).isPresent();
    }

    RegistryEntry with(Optional<ProcessId> newKeeper, Optional<ProcessId> newInit) {
        return new RegistryEntry(name, supervisor, newKeeper, newInit, groups);
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add("name=" + name);
        lines.add("supervisor=" + supervisor.text());
        keeper.ifPresent(id -> lines.add("keeper=" + id.text()));
        init.ifPresent(id -> lines.add("init=" + id.text()));
        groups.forEach(group -> lines.add("group=" + group));
        return String.join("\n", lines) + "\n";
    }

    /// Reads it back; empty where the text is none of ours, or not whole.
    static Optional<RegistryEntry> parse(String text) {
        var lines = text.lines().toList();
        var name = values(lines, "name").findFirst();
        var supervisor = values(lines, "supervisor").findFirst().flatMap(ProcessId::fromText);
        if (name.isEmpty() || supervisor.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new RegistryEntry(
                        name.get(),
                        supervisor.get(),
                        values(lines, "keeper").findFirst().flatMap(ProcessId::fromText),
                        values(lines, "init").findFirst().flatMap(ProcessId::fromText),
                        values(lines, "group").toList()));
    }

    private static Stream<String> values(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1));
    }
}
