package dev.clawhold.sandbox;

/// What a launch image says on its status pipe besides failures.
final class Supervision {
    /// From the keeper: the host's pid of the sandbox's pid 1.
    static final int SANDBOX_PID = 1;

    /// From the workload's process: every layer is in force, and the command is next.
    static final int READY = 2;

    /// From the sandbox: copies of the keeper's descriptors, in the order of [GatewaySockets#kept].
    static final int DESCRIPTORS = 3;

    private Supervision() {}
}
