package dev.clawhold.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A host's files as a list: what is not said to be there is not there.
final class FakeHostFiles implements HostFiles {
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final Map<String, String> links = new HashMap<>();

    FakeHostFiles directory(String path) {
        return directory(path, 0);
    }

    FakeHostFiles directory(String path, long owner) {
        entries.put(path, new Entry(path, true, false, owner, owner, 2));
        return this;
    }

    FakeHostFiles file(String path) {
        return file(path, 1);
    }

    FakeHostFiles file(String path, long hardLinks) {
        entries.put(path, new Entry(path, false, false, 0, 0, hardLinks));
        return this;
    }

    FakeHostFiles device(String path) {
        entries.put(path, new Entry(path, false, true, 0, 0, 1));
        return this;
    }

    /// A symbolic link; what it leads to must be said too.
    FakeHostFiles link(String path, String text) {
        links.put(path, text);
        return this;
    }

    @Override
    public Optional<Entry> find(String path) {
        return Optional.ofNullable(entries.get(resolve(path)));
    }

    private String resolve(String path) {
        for (var link : links.entrySet()) {
            var from = link.getKey();
            if (path.equals(from) || path.startsWith(from + "/")) {
                var to =
                        link.getValue().startsWith("/")
                                ? link.getValue()
                                : from.substring(0, from.lastIndexOf('/') + 1) + link.getValue();
                return resolve(to + path.substring(from.length()));
            }
        }
        return path;
    }

    @Override
    public Optional<String> link(String path) {
        return Optional.ofNullable(links.get(path));
    }

    @Override
    public List<String> children(String path) {
        var all = new TreeMap<String, Boolean>();
        entries.keySet().forEach(entry -> all.put(entry, true));
        links.keySet().forEach(entry -> all.put(entry, true));
        return all.keySet().stream()
                .filter(entry -> entry.lastIndexOf('/') == path.lastIndexOf('/'))
                .toList();
    }
}
