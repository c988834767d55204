package dev.clawhold.policyfile;

/// Where something begins.
///
/// @param file as problems name it; empty for the file that is being read
/// @param line from 1
/// @param column from 1, in characters
public record Place(String file, int line, int column) {
    static final Place START = new Place(1, 1);

    Place(int line, int column) {
        this("", line, column);
    }

    /// `file:line`, as messages about two files say it.
    String fileAndLine() {
        return file + ":" + line;
    }
}
