package dev.clawhold.policyfile;

/// The stable codes of problems; the policy language's reference says what each means. Those that
/// begin with E are errors, those that begin with W warnings.
public enum Code {
    /// The text is not YAML, or not one document of it.
    E01,
    /// A key stands twice.
    E02,
    /// No such key.
    E03,
    /// A value of the wrong type, or outside its range.
    E04,
    /// A value that is none of those possible.
    E05,
    /// Something required is missing.
    E06,
    /// Two things exclude each other.
    E07,
    /// An empty list where it has two readings.
    E08,
    /// A path that is not absolute or not plain.
    E09,
    /// A path that must not be writable.
    E10,
    /// A host pattern that is too wide.
    E11,
    /// A host that is malformed.
    E12,
    /// A pattern that is malformed.
    E13,
    /// An address range that is malformed or never reachable.
    E14,
    /// A key that this protocol, or this verdict, cannot have.
    E15,
    /// Two protocols claim one request.
    E16,
    /// An identity that is not possible.
    E17,
    /// Too much of something.
    E18,
    /// A pattern where only a path can be hidden.
    E19,
    /// A policy to extend that is not there.
    E20,
    /// A time that is malformed.
    E21,
    /// A rate that is malformed.
    E22,
    /// A hash that is malformed.
    E23,
    /// The static part changed while the sandbox runs.
    E24,
    /// A clause that takes in every tool beside rules for single tools.
    E25,
    /// A placeholder that nobody has filled in.
    E26,
    /// Two policies disagree about one value.
    E27,
    /// A rule without `binaries` is for every program.
    W01,
    /// Opaque traffic is never decrypted.
    W02,
    /// Restrictions without a protocol.
    W03,
    /// A key that has no meaning here.
    W04,
    /// A path that does not exist.
    W05,
    /// A rule that has expired.
    W06,
    /// A program that is a script.
    W07,
    /// A program that the sandbox can replace.
    W08,
    /// An endpoint for every host.
    W09,
    /// A wide address range.
    W10,
    /// A denied tree whose root is not denied.
    W11,
    /// `**` that means `*`.
    W12,
    /// `*` beside a dot in a value without separators.
    W13,
    /// Commands are not understood.
    W14,
    /// A middleware that does not exist.
    W15,
    /// A credential that cannot be put in place.
    W16,
    /// Settings that disagree: the strictest holds.
    W17,
    /// An inspected endpoint is always decrypted.
    W18,
    /// A spelling that was taken for another.
    W19,
    /// Something that has no effect.
    W20,
    /// A short rule is for every program.
    W21,
    /// A port that controls machines.
    W22,
    /// A host that is never reached.
    W23,
    /// A feature that this build does not have; what needs it is denied.
    W24;

    /// Whether the file is valid in spite of it.
    public boolean isWarning() {
        return name().startsWith("W");
    }
}
