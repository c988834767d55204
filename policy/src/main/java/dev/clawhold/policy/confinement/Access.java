package dev.clawhold.policy.confinement;

/// What a workload may do below a path.
public enum Access {
    /// Read and execute.
    READ_ONLY,
    /// Read, execute, create, change, remove.
    READ_WRITE,
    /// Nothing: the path is hidden.
    DENY
}
