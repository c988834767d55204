package dev.clawhold.policyfile;

import java.util.List;

/// The keys of a file that say what it is.
record HeaderReader(Section root, Problems problems) {

    /// What a file says of itself alone, whatever extends it.
    void check() {
        version();
        root.section("preset", "`preset`", List.of("name", "description"))
                .ifPresent(preset -> {
                    preset.text("name");
                    preset.text("description");
                });
    }

    private void version() {
        if (!root.has("version")) {
            if (!root.has("preset") && !root.has("egress")) {
                problems.add(root.place(), Code.E06, "version is missing", "add `version: 1`");
            }
            return;
        }
        var scalar = root.scalar("version", "1");
        if (scalar.isPresent()) {
            var value = scalar.get();
            var number = Values.whole(value);
            if (number.isEmpty()) {
                root.wrongType(value, "version", "the number 1");
            } else if (number.getAsLong() != 1) {
                problems.add(
                        value.place(),
                        Code.E05,
                        "version cannot be " + Quote.of(value.text()),
                        "this language has one version: 1");
            }
        }
    }
}
