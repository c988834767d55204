package dev.clawhold.sandbox;

/// A file of the sandbox's own, readable to the workload, that covers the host's at the same path.
public final class OwnFile {
    private final String path;
    private final byte[] content;

    /// A file with this content.
    ///
    /// @param path absolute; symbolic links in it are the host's and are not followed
    public OwnFile(String path, byte[] content) {
        this.path = path;
        this.content = content.clone();
    }

    /// Where the workload finds it.
    public String path() {
        return path;
    }

    byte[] content() {
        return content.clone();
    }
}
