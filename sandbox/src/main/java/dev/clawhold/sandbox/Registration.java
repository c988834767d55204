package dev.clawhold.sandbox;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a registry knows of one sandbox, from before it is forked until it has ended.
final class Registration {
    private final @Nullable SandboxRegistry registry;
    private @Nullable RegistryEntry entry;

    private Registration(@Nullable SandboxRegistry registry, @Nullable RegistryEntry entry) {
        this.registry = registry;
        this.entry = entry;
    }

    static Registration none() {
        return new Registration(null, null);
    }

    /// @throws SetupException if a live sandbox has the name
    static Registration in(SandboxRegistry registry, String name, List<String> groups) {
        return new Registration(registry, registry.claim(name, groups));
    }

    void forked(int keeper) {
        update(ProcessId.of(keeper), Optional.empty());
    }

    void up(int keeper, int init) {
        update(ProcessId.of(keeper), ProcessId.of(init));
    }

    private void update(Optional<ProcessId> keeper, Optional<ProcessId> init) {
        if (registry != null && entry != null) {
            entry = entry.with(keeper, init);
            registry.update(entry);
        }
    }

    void ended() {
        if (registry != null && entry != null) {
            registry.delete(entry.name());
            entry = null;
        }
    }
}
