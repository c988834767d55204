package dev.clawhold.policy.content;

/// Left inside this package: a text is not what its grammar asks for.
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    private final int at;

    /// @param message what is wrong, without the text itself, which may be secret
    /// @param at the offset of the offending character, in UTF-16 units
    MalformedException(String message, int at) {
        super(message, null, false, false);
        this.at = at;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    int at() {
        return at;
    }
}
