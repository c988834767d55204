package dev.clawhold.app;

import dev.clawhold.cli.Doctor;
import dev.clawhold.cli.Finding;
import dev.clawhold.sandbox.LayerSurvey;
import java.util.List;

/// `clawhold doctor`: asks the sandbox's own survey.
final class MachineDoctor implements Doctor {
    @Override
    public List<Finding> examine() {
        return LayerSurvey.survey().stream()
                .map(report ->
                        new Finding(
                                report.layer(), report.available(), report.detail(), report.mend()))
                .toList();
    }
}
