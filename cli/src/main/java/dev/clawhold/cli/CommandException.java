package dev.clawhold.cli;

import java.util.Optional;

/// A command failed for a reason that its user can understand. Ports throw it too.
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    /// @param message `<what failed>: <why>`, lower-case, without a full stop
    public CommandException(String message) {
        this(message, "");
    }

    /// @param message `<what failed>: <why>`, lower-case, without a full stop
    /// @param hint what to do; empty if nothing is known
    public CommandException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /// The same failure, with what caused it.
    public CommandException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /// What to do about it, where something is known.
    public Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }
}
