package dev.clawhold.gateway;

import dev.clawhold.policy.Policy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The policy that decisions are made by. Readers see the one before a change or the one after it,
/// never a mixture. Safe for use by many threads.
public final class PolicyInForce {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Policy current;

    /// Begins with a policy.
    public PolicyInForce(Policy policy) {
        current = policy;
    }

    /// The policy of this moment; a decision takes it once.
    public Policy current() {
        return current;
    }

    /// Puts another policy in force at once, then lets open connections be judged by it.
    public void replace(Policy policy) {
        current = policy;
        listeners.forEach(Runnable::run);
    }

    void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
