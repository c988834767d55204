package dev.clawhold.policyfile;

/// The bytes of a file, which nobody can change any more.
public final class Content {
    private final byte[] bytes;

    private Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of some bytes.
    public static Content of(byte[] bytes) {
        return new Content(bytes.clone());
    }

    /// How many there are.
    public int length() {
        return bytes.length;
    }

    /// A copy of them.
    public byte[] bytes() {
        return bytes.clone();
    }
}
