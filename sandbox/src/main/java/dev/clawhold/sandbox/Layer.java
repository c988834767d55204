package dev.clawhold.sandbox;

/// The layers of confinement, as messages name them.
public enum Layer {
    FILES("files"),
    SYSTEM_CALLS("system calls"),
    NETWORK("network"),
    IDENTITY("identity"),
    PROCESSES("processes"),
    LIMITS("limits"),
    EGRESS("egress");

    private final String words;

    Layer(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
