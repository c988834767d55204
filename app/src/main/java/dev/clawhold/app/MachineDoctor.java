package dev.clawhold.app;

import dev.clawhold.cli.Doctor;
import dev.clawhold.cli.Finding;
import java.util.List;

/// `clawhold doctor`.
final class MachineDoctor implements Doctor {
    @Override
    public List<Finding> examine() {
        return List.of();
    }
}
