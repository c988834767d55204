package dev.clawhold.app;

import dev.clawhold.cli.CommandException;
import dev.clawhold.cli.Reaper;
import dev.clawhold.sandbox.SandboxRegistry;
import dev.clawhold.sandbox.SetupException;
import java.util.List;

/// `clawhold reap`: ends what the operator's list of sandboxes says is left.
final class StateReaper implements Reaper {
    private final Operator operator;

    StateReaper(Operator operator) {
        this.operator = operator;
    }

    @Override
    public List<String> reap() {
        try {
            return SandboxRegistry.in(operator.sandboxes()).reap().stream()
                    .map(reaped -> reaped.name() + ": " + reaped.detail())
                    .toList();
        } catch (SetupException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e.mend().orElse(""), e);
        }
    }
}
