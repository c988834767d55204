package dev.clawhold.cli;

import java.util.Optional;

/// What this machine gives for one layer.
///
/// @param layer such as `Landlock`
/// @param available whether the layer can be set up completely
/// @param detail what was found, such as `ABI 7`
/// @param mend what to do about it where it is missing
public record Finding(String layer, boolean available, String detail, Optional<String> mend) {}
