package dev.clawhold.sandbox;

/// What a launch image says on its status pipe besides failures.
final class Supervision {
    /// From the keeper: the host's pid of the sandbox's pid 1.
    static final int SANDBOX_PID = 1;

    /// From the sandbox: every layer is in force.
    static final int READY = 2;

    private Supervision() {}
}
