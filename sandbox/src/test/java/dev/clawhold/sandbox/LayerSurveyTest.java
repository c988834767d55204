package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerSurveyTest {

    @ParameterizedTest
    @CsvSource({
        "/proc/sys/user/max_user_namespaces, 0, user.max_user_namespaces=15000",
        "/proc/sys/kernel/unprivileged_userns_clone, 0, kernel.unprivileged_userns_clone=1",
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns, 1,"
                + " kernel.apparmor_restrict_unprivileged_userns=0"
    })
    void aSystemThatClosesUserNamespacesIsToldHowToOpenThem(String file, long value, String mend) {
        var report =
                UserNamespaces.report(path -> Optional.ofNullable(Map.of(file, value).get(path)));

        assertThat(report.available()).isFalse();
        assertThat(report.mend().orElseThrow()).contains("sysctl " + mend);
    }

    @Test
    void aSystemThatClosesNothingIsOpen() {
        assertThat(UserNamespaces.report(_ -> Optional.empty()).available()).isTrue();
    }

    @Test
    void aKernelWithoutLandlockIsToldHowToGetIt() {
        var report = LayerSurvey.landlock(0);

        assertThat(report.available()).isFalse();
        assertThat(report.mend().orElseThrow()).contains("lsm=");
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 3", "3, 3", "4, 2", "5, 1", "6, 0", "7, 0"})
    void whatAnAbiLacksIsNamed(int abi, int lacks) {
        var detail = LayerSurvey.landlock(abi).detail();

        assertThat(detail.chars().filter(c -> c == ';' || c == ':').count()).isEqualTo(lacks);
    }

    @Test
    void aSystemThatForbidsTracingForGoodIsReported() {
        assertThat(LayerSurvey.tracing(Optional.of(3L)).available()).isFalse();
        assertThat(LayerSurvey.tracing(Optional.of(1L)).available()).isTrue();
        assertThat(LayerSurvey.tracing(Optional.empty()).available()).isTrue();
    }
}
