package dev.clawhold.sandbox;

import java.util.Optional;

/// What this machine gives for one part of a sandbox.
///
/// @param part such as `Landlock`
/// @param available whether a sandbox can rely on it
/// @param detail what was found
/// @param mend what to do where it is missing
public record LayerReport(String part, boolean available, String detail, Optional<String> mend) {
    static LayerReport found(String part, String detail) {
        return new LayerReport(part, true, detail, Optional.empty());
    }

    static LayerReport missing(String part, String detail, String mend) {
        return new LayerReport(part, false, detail, Optional.of(mend));
    }
}
