package dev.clawhold.sandbox;

import java.util.Optional;

/// What this machine gives for one layer, as tried out.
///
/// @param layer its name
/// @param available whether it can be set up completely
/// @param detail what was found
/// @param mend what the operator can do where it is missing
public record LayerReport(String layer, boolean available, String detail, Optional<String> mend) {
    static LayerReport available(String layer, String detail) {
        return new LayerReport(layer, true, detail, Optional.empty());
    }

    static LayerReport missing(String layer, String detail, String mend) {
        return new LayerReport(layer, false, detail, Optional.of(mend));
    }
}
