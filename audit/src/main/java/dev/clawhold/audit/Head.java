package dev.clawhold.audit;

/// The end of a chain: the last record's number and hash. The next record's `prev` is that hash.
///
/// @param seq 0 before the first record
/// @param hash 64 lower-case hexadecimal digits
record Head(long seq, String hash) {
    /// Where every chain begins.
    static final Head NONE = new Head(0, "0".repeat(64));
}
