package dev.clawhold.sandbox;

import java.util.Optional;

/// A layer cannot be set up, so nothing is started.
public final class SetupException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Layer layer;
    private final String mend;

    /// Names the layer, the cause and the mend; an empty mend is none.
    public SetupException(Layer layer, String cause, String mend) {
        super(cause);
        this.layer = layer;
        this.mend = mend;
    }

    /// The layer that is missing.
    public Layer layer() {
        return layer;
    }

    /// What the operator can do about it.
    public Optional<String> mend() {
        return mend.isEmpty() ? Optional.empty() : Optional.of(mend);
    }
}
