package dev.clawhold.policyfile;

import java.util.List;

/// The `mcp` map of an endpoint.
record McpReader(Problems problems) {
    private static final int LARGEST_BODY = 16_777_216;
    private static final List<String> KEYS =
            List.of(
                    "max_body_bytes",
                    "strict_tool_names",
                    "allow_all_known_mcp_methods",
                    "versions",
                    "tool_pins");
    private static final List<String> VERSIONS = List.of("2025-03-26", "2025-06-18", "2025-11-25");

    /// What the clauses have to know.
    ///
    /// @param profile whether all known methods are allowed
    /// @param strictNames whether tools may be named by patterns
    record Settings(boolean profile, boolean strictNames) {}

    Settings read(Section endpoint) {
        return endpoint.section("mcp", "`mcp`", KEYS)
                .map(this::settings)
                .orElse(new Settings(false, true));
    }

    private Settings settings(Section mcp) {
        mcp.count("max_body_bytes", 1, LARGEST_BODY);
        for (var version : mcp.texts("versions")) {
            if (!VERSIONS.contains(version.text())) {
                mcp.notOneOf(version, "an item of versions", VERSIONS);
            }
        }
        mcp.get("tool_pins")
                .flatMap(node -> Section.map(node, "tool_pins", problems))
                .ifPresent(this::pins);
        return new Settings(
                mcp.bool("allow_all_known_mcp_methods", false),
                mcp.bool("strict_tool_names", true));
    }

    private void pins(Section pins) {
        for (var field : pins.fields()) {
            var hash = pins.scalar(field.value(), "a pin", "64 hex digits");
            if (hash.isPresent() && !Values.isSha256(hash.get().text())) {
                problems.add(hash.get().place(), Code.E23, "sha256 needs 64 hex digits");
            }
        }
    }
}
