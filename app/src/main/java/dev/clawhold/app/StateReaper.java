package dev.clawhold.app;

import dev.clawhold.cli.Reaper;
import java.util.List;

/// `clawhold reap`.
final class StateReaper implements Reaper {
    StateReaper(Operator operator) {}

    @Override
    public List<String> reap() {
        return List.of();
    }
}
