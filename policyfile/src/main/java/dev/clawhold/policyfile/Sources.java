package dev.clawhold.policyfile;

import java.util.List;

/// Where a policy finds those that it extends.
public interface Sources {
    /// What a name or a path leads to.
    sealed interface Found {
        /// A text that can be read.
        ///
        /// @param file as problems name it; equal for equal files
        /// @param text UTF-8
        record Text(String file, Content text) implements Found {}

        /// There is none.
        record Absent() implements Found {}

        /// There is one that cannot be read.
        ///
        /// @param cause in words
        record Unreadable(String cause) implements Found {}
    }

    /// The presets alone: a path leads nowhere.
    static Sources presetsOnly() {
        return (_, _) -> new Found.Unreadable("files cannot be read here");
    }

    /// A file.
    ///
    /// @param path absolute, or relative to the folder of the file that names it
    /// @param from the file that names it, as it was found, or as the caller called it
    Found file(String path, String from);

    /// A preset of a name.
    default Found preset(String name) {
        return Presets.bytes(name)
                .<Found>map(text -> new Found.Text("preset " + name, text))
                .orElse(new Found.Absent());
    }

    /// The names of all presets.
    default List<String> presets() {
        return Presets.names();
    }
}
