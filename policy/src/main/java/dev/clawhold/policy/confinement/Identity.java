package dev.clawhold.policy.confinement;

import java.util.OptionalLong;

/// The ids inside the sandbox; empty: the sandbox chooses. Never 0.
public record Identity(OptionalLong uid, OptionalLong gid) {
    /// Both ids are the sandbox's choice.
    public static final Identity CHOSEN = new Identity(OptionalLong.empty(), OptionalLong.empty());
}
