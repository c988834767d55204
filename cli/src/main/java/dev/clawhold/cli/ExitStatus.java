package dev.clawhold.cli;

/// The exit statuses that scripts rely on. `run` passes on its command's status instead.
final class ExitStatus {
    static final int OK = 0;

    /// The answer is no: denied, broken, missing.
    static final int NO = 1;

    /// The input or the command line is not valid.
    static final int BAD_INPUT = 2;

    /// The operator would be asked.
    static final int ASK = 3;

    /// Clawhold itself failed (EX_SOFTWARE, sysexits.h): never 1, which is an answer.
    static final int FAILURE = 70;

    /// The sandbox could not be set up, as env(1) and its kin report it.
    static final int NO_SANDBOX = 125;

    private ExitStatus() {}
}
