package dev.clawhold.policy.glob;

/// The machine of a set of texts would have more states than a comparison may use. Only patterns
/// with many wildcards that overlap each other come here.
public final class LanguageTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param most how many ways may be told apart
    public LanguageTooLargeException(int most) {
        super("these patterns overlap in more than " + most + " ways", null, false, false);
    }
}
