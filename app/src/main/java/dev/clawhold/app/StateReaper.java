package dev.clawhold.app;

import dev.clawhold.cli.CommandException;
import dev.clawhold.cli.Reaper;
import dev.clawhold.sandbox.SandboxRegistry;
import java.io.IOException;
import java.util.List;

/// `clawhold reap`: ends what the operator's list of sandboxes says is left.
final class StateReaper implements Reaper {
    private final SandboxRegistry registry;

    StateReaper(Operator operator) {
        this.registry = new SandboxRegistry(operator.sandboxes());
    }

    @Override
    public List<String> reap() {
        try {
            return registry.reap();
        } catch (IOException e) {
            throw new CommandException(
                    "cannot read the list of sandboxes: " + e.getMessage(), "", e);
        }
    }
}
