package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainedTest {

    @ParameterizedTest
    @ValueSource(ints = {80, 443, 3128, 8080, 8443})
    void portsOfTheWebAreExplained(int port) {
        assertThat(Explained.covers(port)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 22, 25, 53, 79, 81, 444, 5432, 6379, 65_535})
    void othersAreRefusedAtTheConnect(int port) {
        assertThat(Explained.covers(port)).isFalse();
    }
}
