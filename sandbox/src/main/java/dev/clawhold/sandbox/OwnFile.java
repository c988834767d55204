package dev.clawhold.sandbox;

/// A file of the sandbox's own, readable to the workload, that covers the host's at the same path.
public final class OwnFile {
    private final String path;
    private final byte[] content;
    private final boolean over;

    /// A file with this content.
    ///
    /// @param path absolute; symbolic links in it are the host's and are not followed
    public OwnFile(String path, byte[] content) {
        this(path, content, false);
    }

    private OwnFile(String path, byte[] content, boolean over) {
        this.path = path;
        this.content = content.clone();
        this.over = over;
    }

    /// A file that is there only where the sandbox shows the host's of the same path.
    public static OwnFile over(String path, byte[] content) {
        return new OwnFile(path, content, true);
    }

    boolean onlyOver() {
        return over;
    }

    /// Where the workload finds it.
    public String path() {
        return path;
    }

    byte[] content() {
        return content.clone();
    }
}
