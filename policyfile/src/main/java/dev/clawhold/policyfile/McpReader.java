package dev.clawhold.policyfile;

import dev.clawhold.policy.clause.McpSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    McpSettings read(Section endpoint) {
        return endpoint.section("mcp", "`mcp`", KEYS)
                .map(this::settings)
                .orElse(McpSettings.DEFAULT);
    }

    private McpSettings settings(Section mcp) {
        return new McpSettings(
                mcp.count("max_body_bytes", 1, LARGEST_BODY)
                        .orElse(McpSettings.DEFAULT.mostBytes()),
                mcp.bool("strict_tool_names", true),
                mcp.bool("allow_all_known_mcp_methods", false),
                versions(mcp),
                pins(mcp));
    }

    private static List<String> versions(Section mcp) {
        if (!mcp.has("versions")) {
            return McpSettings.VERSIONS;
        }
        mcp.refuseEmpty("versions", "no client could speak to this endpoint");
        var versions = mcp.texts("versions");
        for (var version : versions) {
            if (!McpSettings.VERSIONS.contains(version.text())) {
                mcp.notOneOf(version, "an item of versions", McpSettings.VERSIONS);
            }
        }
        return versions.stream().map(Node.Scalar::text).distinct().toList();
    }

    private Map<String, String> pins(Section mcp) {
        var pins = new HashMap<String, String>();
        var map = mcp.get("tool_pins").flatMap(node -> Section.map(node, "tool_pins", problems));
        for (var field : map.map(Section::fields).orElse(List.of())) {
            var hash = mcp.scalar(field.value(), "a pin", "64 hex digits");
            if (hash.isPresent() && !Values.isSha256(hash.get().text())) {
                problems.add(hash.get().place(), Code.E23, "sha256 needs 64 hex digits");
            }
            hash.ifPresent(h -> pins.put(field.key().text(), h.text().toLowerCase(Locale.ROOT)));
        }
        return pins;
    }
}
