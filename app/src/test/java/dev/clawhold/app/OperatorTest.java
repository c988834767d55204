package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorTest {
    private static final Path HOME = Path.of("/home/o");

    @Test
    void stateIsInTheUsualPlaceOfTheHome() {
        assertThat(Operator.of(Map.of(), HOME, "").state())
                .isEqualTo(Path.of("/home/o/.local/state/clawhold"));
    }

    @Test
    void stateIsWhereTheEnvironmentSays() {
        assertThat(Operator.of(Map.of("XDG_STATE_HOME", "/var/s"), HOME, "").state())
                .isEqualTo(Path.of("/var/s/clawhold"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "state", "./state", "../state"})
    void aRelativeOrEmptyPlaceDoesNotCount(String place) {
        assertThat(Operator.of(Map.of("XDG_STATE_HOME", place), HOME, "").state())
                .isEqualTo(Path.of("/home/o/.local/state/clawhold"));
    }

    @Test
    void theInstallationIsWhereTheModulesAre() {
        assertThat(Operator.of(Map.of(), HOME, "/opt/clawhold/bin/../lib").installation())
                .isEqualTo(Path.of("/opt/clawhold/lib"));
        assertThat(Operator.of(Map.of(), HOME, "").installation())
                .isEqualTo(Path.of("").toAbsolutePath());
    }

    @Test
    void thisProcessHasOne() {
        assertThat(Operator.current().home()).isAbsolute();
        assertThat(Operator.current().state()).isAbsolute().endsWith(Path.of("clawhold"));
    }
}
