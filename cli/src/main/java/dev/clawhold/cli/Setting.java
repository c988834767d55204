package dev.clawhold.cli;

import java.nio.file.Path;
import java.time.InstantSource;

/// What the commands know of where and when they were called.
///
/// @param version what `--version` prints after the program's name
/// @param directory the caller's current directory, absolute
public record Setting(String version, Path directory, InstantSource clock) {}
