package dev.clawhold.policy.content;

import java.util.List;

/// How bodies are coded (RFC 9110 § 8.4).
public final class ContentCoding {
    private ContentCoding() {}

    /// Whether a body is sent as it is: no `content-encoding` names anything but `identity`.
    ///
    /// @param values of all `content-encoding` fields
    public static boolean isIdentity(List<String> values) {
        for (var value : values) {
            for (var coding : value.split(",", -1)) {
                var name = coding.strip();
                if (!name.isEmpty() && !name.equalsIgnoreCase("identity")) {
                    return false;
                }
            }
        }
        return true;
    }
}
