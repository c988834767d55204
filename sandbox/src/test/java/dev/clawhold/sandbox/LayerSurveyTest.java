package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.linux.Errno;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerSurveyTest {
    private static final Optional<String> UNKNOWN = Optional.empty();

    @ParameterizedTest
    @CsvSource({
        "6.18.44-fc, true",
        "5.15.0-91-generic, true",
        "5.14.21, false",
        "4.19.0, false",
        "7.0, true",
        "nonsense, false",
    })
    void theKernelsFloorIs5Point15(String release, boolean enough) {
        assertThat(LayerSurvey.kernel(release).available()).isEqualTo(enough);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void anOlderLandlockSaysWhatItLacks(int abi) {
        var report = LayerSurvey.landlock(abi);

        assertThat(report.available()).isTrue();
        assertThat(report.detail()).startsWith("ABI " + abi + ": ");
    }

    @Test
    void theNewestLandlockLacksNothing() {
        assertThat(LayerSurvey.landlock(7).detail()).isEqualTo("ABI 7");
    }

    @Test
    void noLandlockIsNoSandbox() {
        assertThat(LayerSurvey.landlock(0).available()).isFalse();
        assertThat(LayerSurvey.landlock(0).mend())
                .hasValueSatisfying(mend -> assertThat(mend).contains("lsm="));
    }

    @Nested
    class MissingUserNamespacesHaveTheMendOfTheirCause {
        private final Trial.Failure refused = new Trial.Failure("make one", Errno.EPERM.number());

        @Test
        void noneAllowed() {
            var full = new Trial.Failure("make one", Errno.ENOSPC.number());

            assertThat(
                            UserNamespaceTrial.explain(full, Optional.of("0\n"), UNKNOWN, UNKNOWN)
                                    .mend())
                    .hasValueSatisfying(m -> assertThat(m).contains("user.max_user_namespaces"));
        }

        @Test
        void keptFromOrdinaryUsers() {
            assertThat(
                            UserNamespaceTrial.explain(
                                            refused,
                                            Optional.of("100\n"),
                                            Optional.of("0\n"),
                                            UNKNOWN)
                                    .mend())
                    .hasValueSatisfying(m -> assertThat(m).contains("unprivileged_userns_clone"));
        }

        @Test
        void withoutPowers() {
            assertThat(
                            UserNamespaceTrial.explain(
                                            refused, UNKNOWN, Optional.of("1\n"), Optional.of("1"))
                                    .mend())
                    .hasValueSatisfying(m -> assertThat(m).contains("AppArmor"));
        }

        @Test
        void ofNoKnownSwitch() {
            assertThat(
                            UserNamespaceTrial.explain(
                                            refused, UNKNOWN, Optional.of("1"), Optional.of("0"))
                                    .mend())
                    .hasValueSatisfying(m -> assertThat(m).contains("container"));
        }
    }
}
