package dev.clawhold.app;

import dev.clawhold.cli.Doctor;
import dev.clawhold.cli.Finding;
import dev.clawhold.sandbox.LayerSurvey;
import java.nio.file.Path;
import java.util.List;

/// `clawhold doctor`: asks the sandbox's own survey.
final class MachineDoctor implements Doctor {
    private final Path scratch;

    /// Looks at this machine.
    ///
    /// @param scratch a directory for a moment's working directory
    MachineDoctor(Path scratch) {
        this.scratch = scratch;
    }

    @Override
    public List<Finding> examine() {
        return LayerSurvey.survey(scratch).stream()
                .map(report ->
                        new Finding(
                                report.part(), report.available(), report.detail(), report.mend()))
                .toList();
    }
}
