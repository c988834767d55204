package dev.clawhold.policyfile;

import dev.clawhold.policy.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the policies that a file extends, and puts it on top of them: each file once, those that
/// one names before it, in their order.
final class Extending {
    private static final int DEEPEST = 8;
    private static final int MOST_FILES = 32;
    private static final long MOST_BYTES = 32L << 20;
    private static final String PRESET = "preset ";

    private final Sources sources;
    private final Problems problems;
    private final Set<String> merged = new HashSet<>();
    private final List<String> chain = new ArrayList<>();
    private final List<Node.Fields> layers = new ArrayList<>();
    private Node.Fields below = Node.Fields.of(List.of(), Place.START);
    private long bytes;
    private boolean stopped;

    Extending(Sources sources, Problems problems) {
        this.sources = sources;
        this.problems = problems;
    }

    /// The file with all that it extends; the file itself if it extends nothing.
    ///
    /// @param length of the file, in bytes
    Node resolve(Node root, int length) {
        if (!(root instanceof Node.Fields fields) || fields.get("extends").isEmpty()) {
            return root;
        }
        bytes = length;
        merged.add(problems.file());
        chain.add(problems.file());
        extended(fields);
        return Layers.put(fields, below);
    }

    /// Each policy that the file extends, those first that others stand on.
    List<Node.Fields> inherited(Node root) {
        resolve(root, 0);
        return layers;
    }

    private void extended(Node.Fields root) {
        var section = Section.map(root, "a policy", problems).orElseThrow();
        for (var item : section.texts("extends")) {
            if (!stopped) {
                find(item).ifPresent(text -> add(item, text));
            }
        }
    }

    private Optional<Sources.Found.Text> find(Node.Scalar item) {
        var name = item.text();
        if (name.contains("://")) {
            return refuse(
                    item,
                    "extends cannot hold the address " + Quote.of(name),
                    "save it as a file beside this one");
        }
        boolean path = isPath(name);
        if (path && chain.getLast().startsWith(PRESET)) {
            return refuse(item, "a preset cannot extend a file", "");
        }
        return switch (path ? sources.file(name, chain.getLast()) : sources.preset(name)) {
            case Sources.Found.Text text -> Optional.of(text);
            case Sources.Found.Absent _ when path ->
                    refuse(
                            item,
                            "no file " + Quote.of(name),
                            name.startsWith("/") ? "" : "a path is relative to this file");
            case Sources.Found.Absent _ -> noPreset(item);
            case Sources.Found.Unreadable(var cause) ->
                    refuse(item, "cannot read " + Quote.of(name) + ": " + cause, "");
        };
    }

    static boolean isPath(String reference) {
        return reference.startsWith("/")
                || reference.startsWith("./")
                || reference.startsWith("../");
    }

    private Optional<Sources.Found.Text> noPreset(Node.Scalar item) {
        var name = item.text();
        boolean file = name.endsWith(".yaml") || name.endsWith(".yml") || name.contains("/");
        var meant = file ? Optional.of("./" + name) : Spelling.nearest(name, sources.presets());
        return refuse(item, "no preset " + Quote.of(name) + Section.suggestion(meant), "");
    }

    private Optional<Sources.Found.Text> refuse(Node.Scalar item, String message, String hint) {
        if (hint.isEmpty()) {
            problems.add(item.place(), Code.E20, message);
        } else {
            problems.add(item.place(), Code.E20, message, hint);
        }
        return Optional.empty();
    }

    private void add(Node.Scalar item, Sources.Found.Text found) {
        if (chain.contains(found.file())) {
            var circle = new ArrayList<>(chain.subList(chain.indexOf(found.file()), chain.size()));
            circle.add(found.file());
            refuse(item, "extends goes in a circle: " + String.join(" → ", circle), "");
        } else if (merged.add(found.file())) {
            bytes += found.text().length();
            if (isTooMuch(item)) {
                stopped = true;
            } else {
                put(found);
            }
        }
    }

    private boolean isTooMuch(Node.Scalar item) {
        var what =
                chain.size() > DEEPEST
                        ? "extends goes deeper than 8 files"
                        : merged.size() > MOST_FILES
                                ? "more than 32 files with those extended"
                                : bytes > MOST_BYTES ? "more than 32 MiB with files extended" : "";
        if (!what.isEmpty()) {
            problems.add(item.place(), Code.E18, what);
        }
        return !what.isEmpty();
    }

    private void put(Sources.Found.Text found) {
        var own = new Problems(found.file());
        var root = PolicyFile.tree(found.text().bytes(), own);
        root.flatMap(node -> Section.map(node, "a policy", own))
                .ifPresent(section -> new HeaderReader(section, own).check());
        problems.addAll(own);
        if (root.isPresent() && root.get() instanceof Node.Fields fields) {
            chain.add(found.file());
            extended(fields);
            chain.removeLast();
            layers.add(fields);
            below = Layers.put(fields, below);
        }
    }
}
